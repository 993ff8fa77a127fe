import { anyRun, anyText, anyUnit, matchesPattern, type Pattern } from "./wildcard.js";

/** Patterns by the text at one of their ends; the map's keys are the lengths of those texts. */
type ByEnd = Map<number, Map<string, Pattern[]>>;

/**
 * Whether a text matches one of many patterns. A text is put only to the patterns whose literal beginning or end, the
 * longer of the two, it has: many texts under many patterns do not make a product, but where both ends are wildcards.
 *
 * @example
 * const isMatch = matchesAny([wildcardPattern("team-*"), wildcardPattern("*-prod")]);
 * isMatch("team-a"); // true
 */
export function matchesAny(patterns: readonly Pattern[]): (text: string) => boolean {
  if (patterns.length < 8) return (text) => patterns.some((pattern) => matchesPattern(pattern, text));
  const beginnings: ByEnd = new Map();
  const ends: ByEnd = new Map();
  for (const pattern of patterns) {
    const beginning = literalLength(pattern, (at) => at);
    const end = literalLength(pattern, (at) => pattern.length - 1 - at);
    if (end > beginning) add(ends, textOf(pattern, pattern.length - end, pattern.length), pattern);
    else add(beginnings, textOf(pattern, 0, beginning), pattern);
  }
  const among = (text: string, byEnd: ByEnd, endOf: (length: number) => string) =>
    [...byEnd].some(
      ([length, byText]) =>
        length <= text.length && byText.get(endOf(length))?.some((pattern) => matchesPattern(pattern, text)) === true,
    );
  return (text) =>
    among(text, beginnings, (length) => text.slice(0, length)) ||
    among(text, ends, (length) => text.slice(text.length - length));
}

/** How many units stand for themselves before the first that does not. */
function literalLength(pattern: Pattern, place: (at: number) => number): number {
  let length = 0;
  while (length < pattern.length && isLiteral(pattern[place(length)])) length += 1;
  return length;
}

function isLiteral(unit: number | undefined): boolean {
  return unit !== anyUnit && unit !== anyRun && unit !== anyText;
}

function textOf(pattern: Pattern, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at += 1) text += String.fromCharCode(Number(pattern[at]));
  return text;
}

function add(byEnd: ByEnd, text: string, pattern: Pattern): void {
  const byText = byEnd.get(text.length) ?? new Map<string, Pattern[]>();
  byEnd.set(text.length, byText);
  const known = byText.get(text);
  if (known === undefined) byText.set(text, [pattern]);
  else known.push(pattern);
}
