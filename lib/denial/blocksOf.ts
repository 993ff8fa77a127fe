import { clientForms, denialNames, errorCodes, operationForms, raisedAt } from "../facts/denials.js";
import type { ErrorName } from "./findRefusals.js";
import { gaps, type Squeezed } from "./squeeze.js";
import type { Words } from "./Words.js";

/** One refusal with the text around it that is about it: what the tool says before AWS's words, and after. */
export interface Block {
  /** Where the tool's report of it begins. */
  from: number;
  to: number;
  /** From where on what is said may still be about it, as the command that was typed. */
  wide: number;
  /** AWS's words; null where the error has a name and no words. */
  words: Words | null;
  /** Where its words, or else its name, stand. */
  at: number;
  /** The error's name; null where none stands by it. */
  name: string | null;
}

const longest = 2_500;
/** So far before a refusal that was cut off, it is looked for as a whole. */
const lookedBack = 50_000;
/** An error's name stands so near to its words at most, where the tool begins a new report between the two. */
const near = 160;

/** Parts a text into refusals, each with what surrounds it; in the text's order. */
export function blocksOf(whole: Squeezed, { words, names }: { words: Words[]; names: ErrorName[] }): Block[] {
  const squeezed = { ...whole, starts: withParagraphs(whole, words, names) };
  const { starts, boxes, text } = squeezed;
  const seeds: { from: number; to: number; words: Words | null; name: string | null }[] = [
    ...words.map((one) => ({ from: one.from, to: one.to, words: one, name: null })),
    ...lonely(squeezed, words, names).map(({ from, to, name }) => ({ from, to, words: null, name })),
  ].sort((a, b) => a.from - b.from);
  return seeds.map((seed, index) => {
    const report = reportOf(starts, seed.from);
    const before = seeds[index - 1]?.to ?? 0;
    const next = seeds[index + 1]?.from ?? text.length;
    const wide = Math.max(before, boxes[reportOf(boxes, seed.from)] ?? 0, seed.from - longest);
    const from = Math.max(starts[report] ?? 0, wide);
    const to = Math.min(starts[reportOf(starts, seed.to - 1) + 1] ?? text.length, next, seed.to + longest);
    const name =
      seed.name ?? nearest(names, seed.from, Math.min(from, Math.max(wide, seed.from - near)), to)?.name ?? null;
    return { from, to, wide, words: seed.words, at: seed.from, name };
  });
}

/**
 * Where reports begin: also at a paragraph with a refusal behind one with another, unless the sentence goes on in it. It has
 * words, or a name that begins it or stands by an operation or a client.
 */
function withParagraphs(
  { starts, gaps: before, text }: Squeezed,
  words: readonly Words[],
  names: readonly ErrorName[],
) {
  const more = new Set(starts);
  const places = [...words, ...names].sort((a, b) => a.from - b.from);
  let from = 0;
  /** The last paragraph with a refusal. */
  let behind: number | null = null;
  for (const [index, place] of places.entries()) {
    let at = place.from;
    const last = places[index - 1]?.to ?? 0;
    while (at >= last && (before[at] ?? gaps.none) < gaps.paragraph) at -= 1;
    if (at >= last) from = at;
    const told = text.slice(Math.max(from, place.from - 2 * near), place.from + near);
    const isOwn =
      "reading" in place ||
      place.from === from ||
      [...operationForms.filter(({ isBefore }) => isBefore !== true), ...clientForms].some(
        ({ form }) => told.search(form) >= 0,
      );
    if (!isOwn) continue;
    if (behind !== null && behind !== from && text[from - 1] !== ":") more.add(from);
    behind = from;
  }
  return [...more].sort((a, b) => a - b);
}

/** The names that stand by no words: one a report, as "AccessDenied: Access Denied" is one refusal. */
function lonely(whole: Squeezed, words: readonly Words[], names: readonly ErrorName[]): ErrorName[] {
  const { starts, text, gaps: before } = whole;
  const worded = new Set(words.map(({ from }) => reportOf(starts, from)));
  const taken = new Set<number>();
  return names.filter(({ from, to }) => {
    const report = reportOf(starts, from);
    if (worded.has(report) || taken.has(report)) return false;
    const after = firstAtOrAfter(words, from);
    const next = firstAtOrAfter(names, starts[report + 1] ?? text.length)?.from ?? text.length;
    const isNamed = after !== undefined && next < after.from;
    if (after !== undefined && after.from - to < near && !isNamed) return false;
    // The class of an error whose text begins behind it, also in a field of its own; IPython's heading.
    if (classOf.test(text.slice(to, to + 60))) return false;
    // The answer's header, printed before the answer.
    if (/x-amzn-errortype:$/i.test(text.slice(from - near, from)) && after !== undefined && after.from - to < longest) {
      return false;
    }
    const head = text.slice(Math.max(starts[report] ?? 0, from - near), from);
    const [, ...codes] = [...head.matchAll(errorCodes)].at(-1) ?? [];
    const code = codes.find((one) => one !== undefined);
    // An error that says "not authorized", and is another one.
    if (code !== undefined && !denialNames.has(code)) return false;
    if (raisedAt.test(head) && (before[to] ?? gaps.report) >= gaps.wrap) return false;
    if (words.length > 0 && isMention(whole, to)) return false;
    const begin = Math.max(starts[report] ?? 0, from - near);
    const rest = text.slice(begin, Math.min(next, from + near * 4));
    const cut = rest.search(/\.{3}|…/);
    // Said whole before, as in pytest's summary.
    if (cut > near / 5 && text.slice(Math.max(0, begin - lookedBack), begin).includes(rest.slice(0, cut))) return false;
    taken.add(report);
    return true;
  });
}

/** Whether a person's own words name an error, as in "no AccessDenied errors". */
function isMention({ text, gaps: before }: Squeezed, to: number): boolean {
  const [word = ""] = /^(?:error|exception|issue|problem)s?/.exec(text.slice(to, to + 12)) ?? [];
  const end = to + word.length;
  const isWhole = before[end] !== gaps.none || !/\w/.test(text[end] ?? "");
  return word !== "" && (before[to] ?? gaps.none) !== gaps.none && isWhole;
}

const classOf = /^(?:[:(]|\w{0,20}:)?Anerroroccurred\(|^Traceback\(/;

/** The last report that begins at or before a place; -1 where none does. */
function reportOf(starts: readonly number[], place: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function firstAtOrAfter<T extends { from: number }>(sorted: readonly T[], place: number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.from ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

/** The name nearest before a refusal's words within its report, or the first one after them. */
function nearest(names: readonly ErrorName[], at: number, from: number, to: number): ErrorName | undefined {
  let found: ErrorName | undefined;
  let low = 0;
  const first = firstAtOrAfter(names, from);
  if (first === undefined) return undefined;
  low = names.indexOf(first);
  for (let index = low; index < names.length && index < low + 40; index += 1) {
    const name = names[index];
    if (name === undefined || name.to > to) break;
    if (name.from <= at || found === undefined) found = name;
  }
  return found;
}
