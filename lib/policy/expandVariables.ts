import type { ContextLookup } from "./ContextKeyState.js";
import type { ParsedPolicy } from "./ParsedPolicy.js";

/**
 * A piece of a text of a policy after its variables were replaced.
 *
 * - `written`: as the policy writes it; where wildcards are allowed, `*` and `?` are wildcards
 * - `value`: what a variable stands for; never a wildcard
 * - `unknown`: a variable whose key is not known: any text; where `fallback` is given, that text or nothing at all
 */
export type TextPiece =
  | { kind: "written"; text: string }
  | { kind: "value"; text: string }
  | { kind: "unknown"; key: string; fallback: string | null };

/**
 * Replaces the policy variables of a Resource or of an operand of a String or Arn operator.
 *
 * - only in Version 2012-10-17; before, they are literal text
 * - `${*}`, `${?}` and `${$}` are the characters themselves
 * - only single-valued keys resolve; a default, `${aws:username, 'nobody'}`, serves an absent key alone
 * - what is not of a variable's shape is literal text
 *
 * @returns null where a variable does not resolve: the text then matches nothing
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expandVariables(
  text: string,
  version: ParsedPolicy["version"],
  lookup: ContextLookup,
): TextPiece[] | null {
  if (version === "2008-10-17") return [{ kind: "written", text }];
  const pieces: TextPiece[] = [];
  let room = mostWritten;
  let written = 0;
  for (let at = text.indexOf("${"); at >= 0; ) {
    const variable = readVariable(text, at);
    if (variable === null) {
      at = text.indexOf("${", at + 2);
      continue;
    }
    if (at > written) pieces.push({ kind: "written", text: text.slice(written, at) });
    const piece = resolve(variable, lookup);
    if (piece === null) return null;
    room -= piece.kind === "value" ? piece.text.length : 0;
    // No value of AWS is as long, and each variable would write it out again: what it is is left open.
    pieces.push(room < 0 && piece.kind === "value" ? { kind: "unknown", key: variable.key, fallback: null } : piece);
    written = variable.end;
    at = text.indexOf("${", written);
  }
  if (written < text.length || pieces.length === 0) pieces.push({ kind: "written", text: text.slice(written) });
  return pieces;
}

/** So many characters are written out for the variables of one text: ten times what an ARN may have. */
const mostWritten = 20_000;

interface Variable {
  key: string;
  fallback: string | null;
  /** Where the text goes on. */
  end: number;
}

// No part of it can end where the next begins in two ways, so that a text made to be slow is not.
const shape = /\$\{([^{},']*)(?:(\})|,[ \t]*'([^']*)'[ \t]*\})/y;

function readVariable(text: string, start: number): Variable | null {
  shape.lastIndex = start;
  const found = shape.exec(text);
  const key = found?.[1]?.trim() ?? "";
  return found === null || key === "" ? null : { key, fallback: found[3] ?? null, end: shape.lastIndex };
}

function resolve({ key, fallback }: Variable, lookup: ContextLookup): TextPiece | null {
  if (fallback === null && (key === "*" || key === "?" || key === "$")) return { kind: "value", text: key };
  const { name, state } = lookup(key);
  switch (state.kind) {
    case "value":
      return typeof state.value === "string" ? { kind: "value", text: state.value } : null;
    case "absent":
      return fallback === null ? null : { kind: "value", text: fallback };
    case "present":
      return state.multiValued ? null : { kind: "unknown", key: name, fallback: null };
    case "unknown":
      if (!state.multiValued) return { kind: "unknown", key: name, fallback: null };
      // There, it does not resolve; not there, its default serves.
      return fallback === null ? null : { kind: "unknown", key: name, fallback };
  }
}
