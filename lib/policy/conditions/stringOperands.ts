import type { ContextLookup } from "../ContextKeyState.js";
import { type ExpandedPattern, expandedPattern } from "../expandedPattern.js";
import { expandVariables, type TextPiece } from "../expandVariables.js";
import { matchesAny } from "../matchesAny.js";
import { matchesBeginning } from "../matchesBeginning.js";
import type { ParsedCondition, ParsedPolicy } from "../ParsedPolicy.js";
import { anyRun, anyUnit, matchesPattern } from "../wildcard.js";
import { type Comparison, certainly, type Operands, outcome } from "./Comparison.js";
import { foldCase } from "./foldCase.js";

/** How StringEquals, StringEqualsIgnoreCase and StringLike, and with them their negations, read and compare text. */
type Manner = "equals" | "equalsIgnoreCase" | "like";

interface Operand extends ExpandedPattern {
  /** The text that an exact comparison compares with; null for StringLike. */
  text: string | null;
}

/**
 * The operands of the String operators. Variables that do not resolve leave their operand out: it matches nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export function stringOperands(
  { operator, values }: ParsedCondition,
  version: ParsedPolicy["version"],
  lookup: ContextLookup,
): Operands {
  const manner: Manner = operator.endsWith("Like") ? "like" : operator.endsWith("Case") ? "equalsIgnoreCase" : "equals";
  const operands = values
    .map((value) => expandVariables(value, version, lookup))
    .filter((pieces) => pieces !== null)
    .map((pieces) => operandOf(pieces, manner));
  const certain = operands.filter(({ variables }) => variables.length === 0);
  const possible = operands.filter(({ variables }) => variables.length > 0);
  const texts = new Set(certain.map(({ text }) => text));
  const isLike = matchesAny(manner === "like" ? certain.map(({ pattern }) => pattern) : []);
  return {
    withValue(value) {
      const compared = manner === "equalsIgnoreCase" ? foldCase(value) : value;
      const isMatch = manner === "like" ? isLike(value) : texts.has(compared);
      if (isMatch) return certainly(outcome.match);
      const loose = manner === "equalsIgnoreCase" ? withoutFinalSigma(compared) : value;
      const might = possible.filter(({ pattern }) => matchesPattern(pattern, loose));
      return comparison(might.length > 0 ? outcome.match | outcome.noMatch : outcome.noMatch, might);
    },
    withAnything:
      operands.length === 0
        ? certainly(outcome.noMatch)
        : manner === "like" && matchAnythingTogether(certain)
          ? certainly(outcome.match)
          : comparison(outcome.match | outcome.noMatch, possible),
    withBeginning(beginning) {
      // Ids are plain ASCII, so that folding keeps their length.
      const known = manner === "equalsIgnoreCase" ? foldCase(beginning) : beginning;
      const matched = certain.map(({ pattern }) => matchesBeginning(pattern, known));
      if (manner === "like" && matched.includes("all")) return certainly(outcome.match);
      const might = possible.filter(({ pattern }) => matchesBeginning(pattern, known) !== "none");
      const isPossible = might.length > 0 || matched.some((some) => some !== "none");
      return comparison(isPossible ? outcome.match | outcome.noMatch : outcome.noMatch, might);
    },
  };
}

function comparison(outcomes: number, operands: readonly Operand[]): Comparison {
  return operands.length === 0
    ? certainly(outcomes)
    : { outcomes, variables: operands.flatMap(({ variables }) => variables) };
}

function operandOf(pieces: readonly TextPiece[], manner: Manner): Operand {
  const written = () => pieces.map((piece) => (piece.kind === "unknown" ? "" : piece.text)).join("");
  switch (manner) {
    case "like":
      return { ...expandedPattern(pieces), text: null };
    case "equals":
      return { ...expandedPattern(pieces, (text) => text), text: written() };
    case "equalsIgnoreCase":
      return { ...expandedPattern(pieces, (text) => withoutFinalSigma(foldCase(text))), text: foldCase(written()) };
  }
}

/** Whether a sigma is final hangs on what a variable stands for: with one, both are taken for the same. */
function withoutFinalSigma(folded: string): string {
  return folded.replaceAll("ς", "σ");
}

/**
 * Whether every text, of whatever length, matches one of the patterns, as of `*`, or of `?*` and the empty text. Only
 * patterns of nothing but wildcards are looked at: others together do not cover everything but in contrived cases.
 */
function matchAnythingTogether(operands: readonly Operand[]): boolean {
  const lengths = new Set<number>();
  let longer = Number.POSITIVE_INFINITY;
  for (const { pattern } of operands) {
    if (!pattern.every((unit) => unit === anyRun || unit === anyUnit)) continue;
    const units = pattern.filter((unit) => unit === anyUnit).length;
    if (units === pattern.length) lengths.add(units);
    else longer = Math.min(longer, units);
  }
  if (longer === Number.POSITIVE_INFINITY) return false;
  return Array.from({ length: longer }, (_, length) => length).every((length) => lengths.has(length));
}
