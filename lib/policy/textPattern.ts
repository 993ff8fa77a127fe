import { matchesPattern, type Pattern, wildcardPattern } from "./wildcard.js";

/** A text in which `*` and `?` are wildcards, prepared to be matched again and again. */
export interface TextPattern {
  /** As it is written. */
  readonly text: string;
  /** What stands between the runs; one piece where there is no run, null where a `?` stands in it. */
  readonly pieces: readonly string[] | null;
  /** Units for what cannot be answered by whole texts; made when first asked for. */
  units: Pattern | null;
}

/** Up to here searching whole texts is quick whatever they hold; beyond, the time must not be their product. */
const short = 512;

/** Prepares a text. */
export function textPattern(text: string): TextPattern {
  return { text, pieces: text.includes("?") ? null : text.split("*"), units: null };
}

/** The units of a pattern, as lib/policy/wildcard reads it. */
export function unitsOf(pattern: TextPattern): Pattern {
  pattern.units ??= wildcardPattern(pattern.text);
  return pattern.units;
}

/** Whether it is `*`, or several of them, and so matches every text. */
export function isEverything({ text, pieces }: TextPattern): boolean {
  return text !== "" && pieces !== null && pieces.every((piece) => piece === "");
}

/** Whether a text matches as a whole. */
export function matchesText(pattern: TextPattern, text: string): boolean {
  const { pieces } = pattern;
  if (pieces === null || text.length > short || pattern.text.length > short) {
    return matchesPattern(unitsOf(pattern), text);
  }
  if (pieces.length === 1) return pattern.text === text;
  const head = pieces[0] ?? "";
  const tail = pieces[pieces.length - 1] ?? "";
  const end = text.length - tail.length;
  if (end < head.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let from = head.length;
  for (let at = 1; at < pieces.length - 1; at += 1) {
    const piece = pieces[at] ?? "";
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= end;
}
