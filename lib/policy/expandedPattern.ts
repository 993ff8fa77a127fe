import type { TextPiece } from "./expandVariables.js";
import { anyText, appendLiteral, appendWildcards } from "./wildcard.js";

/** A pattern with its variables replaced; with `variables`, it only might match what fits it. */
export interface ExpandedPattern {
  pattern: number[];
  /** The unknown keys of its variables. */
  variables: string[];
}

/**
 * Joins the pieces of an expanded text to a pattern. `*` and `?` are wildcards only where the policy writes them, never
 * in what a variable stands for.
 *
 * @param literally left out, `*` and `?` are wildcards; else nothing is one, and each text is read as this returns it
 */
export function expandedPattern(pieces: readonly TextPiece[], literally?: (text: string) => string): ExpandedPattern {
  const pattern: number[] = [];
  const variables: string[] = [];
  const appendValue = (text: string) => appendLiteral(pattern, literally === undefined ? text : literally(text));
  for (const piece of pieces) {
    switch (piece.kind) {
      case "written":
        if (literally === undefined) appendWildcards(pattern, piece.text);
        else appendValue(piece.text);
        break;
      case "value":
        appendValue(piece.text);
        break;
      case "unknown":
        variables.push(piece.key);
        if (piece.fallback === null) pattern.push(anyText);
        else appendValue(piece.fallback);
        break;
    }
  }
  return { pattern, variables };
}
