import { matchesPattern, type Pattern, wildcardPattern } from "./wildcard.js";

/** A text in which `*` and `?` are wildcards, prepared to be matched again and again. */
export interface TextPattern {
  /** As it is written. */
  readonly text: string;
  /** Without a wildcard. */
  readonly isLiteral: boolean;
  /** What stands before, between and after the runs; null where there is no run, or a `?` stands in it. */
  readonly pieces: { readonly head: string; readonly between: readonly string[]; readonly tail: string } | null;
  /** Units for what cannot be answered by whole texts; made when first asked for. */
  units: Pattern | null;
}

/** Up to here searching whole texts is quick whatever they hold; beyond, the time must not be their product. */
const short = 512;

/** Prepares a text. */
export function textPattern(text: string): TextPattern {
  const [head = "", ...between] = text.split("*");
  const tail = between.pop();
  const hasUnit = text.includes("?");
  const pieces = tail === undefined || hasUnit ? null : { head, between, tail };
  return { text, isLiteral: tail === undefined && !hasUnit, pieces, units: null };
}

/** The units of a pattern, as lib/policy/wildcard reads it. */
export function unitsOf(pattern: TextPattern): Pattern {
  pattern.units ??= wildcardPattern(pattern.text);
  return pattern.units;
}

/** Whether it is `*`, or several of them, and so matches every text. */
export function isEverything({ text }: TextPattern): boolean {
  return /^\*+$/.test(text);
}

/** Whether a text matches as a whole. */
export function matchesText(pattern: TextPattern, text: string): boolean {
  if (pattern.isLiteral) return pattern.text === text;
  const { pieces } = pattern;
  if (pieces === null || text.length > short || pattern.text.length > short) {
    return matchesPattern(unitsOf(pattern), text);
  }
  const { head, between, tail } = pieces;
  const end = text.length - tail.length;
  if (end < head.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let from = head.length;
  for (const piece of between) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= end;
}
