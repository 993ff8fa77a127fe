import {
  errorClass,
  lastWords,
  lineFollowers,
  narrowTerminal,
  optionStart,
  plainWord,
  reportStarts,
  rule,
  stackEnds,
  stackStates,
  trailItem,
  trailRecord,
  typedCommand,
  widestTerminal,
} from "../facts/denials.js";
import { type CleanLine, emptyLine } from "./cleanLines.js";

/** What stood before a character of a squeezed text. */
export const gaps = {
  /** Nothing. */
  none: 0,
  /** A blank or a quote. */
  blank: 1,
  /** The end of a line that may have been broken within a word. */
  wrap: 2,
  /** The end of a line that ended by itself. */
  line: 3,
  /** The end of a value of JSON. */
  value: 4,
  /** An empty line. */
  paragraph: 5,
  /** One report ends and the next begins. */
  report: 6,
} as const;

/**
 * A text without its blanks, quotes and line ends, so that it reads the same wherever its lines were broken; `gaps` tells
 * what stood before each character.
 */
export interface Squeezed {
  text: string;
  gaps: Uint8Array;
  /** Where reports of tools begin, ascending. */
  starts: number[];
  /** Where a box, a JSON object or a typed command begins: nothing before it is about what is in it. */
  boxes: number[];
  /** Where lines begin that are no rest of the one above. */
  fresh: ReadonlySet<number>;
}

const spoken = /[^\s"“”'’‘`\\]/;

/** Squeezes lines. Linear in their text. */
export function squeeze(lines: readonly CleanLine[]): Squeezed {
  const pieces: string[] = [];
  const before: number[] = [];
  const starts: number[] = [];
  const boxes: number[] = [];
  const objects: number[] = [];
  const fresh = new Set<number>();
  let length = 0;
  let pending: number = gaps.report;
  /** The last line that began by itself. */
  let above = "";
  const broken = brokenLines(lines);
  lines.forEach((line, index) => {
    if (line.parts) {
      pending = gaps.report;
      above = "";
      return;
    }
    if (line.text === "") {
      pending = Math.max(pending, line.begins ? gaps.value : gaps.paragraph);
      return;
    }
    // Nothing but a quote.
    if (!spoken.test(line.text)) return;
    if (line.begins) fresh.add(length);
    if (line.text === "{" && !line.begins) {
      objects.push(length);
      // Printed by itself, as a policy below a refusal.
      if (pending === gaps.paragraph) starts.push(length);
    }
    const next = lines[index + 1]?.text ?? "";
    const heads = broken.has(index) ? [line.text, line.text + next, `${line.text} ${next}`] : [line.text];
    const isLike = (form: RegExp) => heads.some((head) => form.test(head));
    const isTyped = isLike(typedCommand) || typedCommand.test(`${line.text} ${next}`);
    if (pending === gaps.wrap && (line.begins || isTyped || isLike(optionStart))) pending = gaps.line;
    // Items of a list are often as wide as each other, which says nothing of broken lines.
    if (trailItem.test(line.text)) pending = gaps.report;
    if (pending === gaps.report || isTyped) boxes.push(length);
    const over = lines[index - 1]?.text ?? "";
    // The bracket that a broken line ends with is no end of an object's.
    const last = over === ")" && broken.has(index - 2) ? "" : over;
    const begins =
      isLike(reportStarts) || (isLike(errorClass) && [above, last || above].some((line) => stackEnds.test(line)));
    // A value of JSON is in the same report as the one before it, though its name be "error".
    if (isTyped || pending === gaps.report || (pending !== gaps.wrap && pending !== gaps.value && begins))
      starts.push(length);
    if (pending !== gaps.wrap) above = line.text;
    // A quote within a word is a part of it: no name that AWS takes has one.
    for (const part of line.text.matchAll(/(?:[^\s"“”'’‘`\\]|(?<=[\w-])['’`](?=[\w-]))+/g)) {
      const isQuoted = part.index > 0;
      before.push(isQuoted && pending < gaps.value ? gaps.blank : pending);
      for (let at = 1; at < part[0].length; at += 1) before.push(gaps.none);
      pieces.push(part[0]);
      length += part[0].length;
      pending = gaps.none;
    }
    pending = broken.has(index) && !/["“”'’‘`]$/.test(line.text) ? gaps.wrap : gaps.line;
  });
  const text = pieces.join("");
  for (const { index } of text.matchAll(stackStates)) starts.push(index);
  for (const { index } of text.matchAll(/Anerroroccurred\(/g)) starts.push(index);
  // An event printed behind another text is a report of its own.
  const events = objects.filter((at, index) => trailRecord.test(text.slice(at, objects[index + 1])));
  return {
    text,
    gaps: Uint8Array.from(before),
    starts: ascending([...starts, ...events]),
    boxes: ascending([...boxes, ...events]),
    fresh,
  };
}

function ascending(places: readonly number[]): number[] {
  return [...new Set(places)].sort((a, b) => a - b);
}

/**
 * The lines that may have been broken within a word: as wide as the widest of their paragraph, and not the only one; or as
 * wide as most of it, where something stood before or behind what was broken.
 */
function brokenLines(lines: readonly CleanLine[]): ReadonlySet<number> {
  const broken = new Set<number>();
  // How many lines of the whole text are as wide, or one less, where a blank stood at the end.
  const lengths = new Map<number, number>();
  for (const { width } of lines) for (const one of [width, width + 1]) lengths.set(one, (lengths.get(one) ?? 0) + 1);
  let from = 0;
  while (from < lines.length) {
    let to = from;
    while (to < lines.length && !isEnd(lines[to])) to += 1;
    const widths = new Map<number, number>();
    for (const { width } of lines.slice(from, to)) widths.set(width, (widths.get(width) ?? 0) + 1);
    const widest = Math.max(0, ...widths.keys());
    const paragraph = lines.slice(from, to);
    const ownWidest = paragraph.reduce((most, { own }) => Math.max(most, own), 0);
    // With a prefix that the next line has not it was broken before that was there.
    const isOwnWidest = ({ own, between }: CleanLine, next: CleanLine | undefined, less = 0) =>
      [own, ...((next?.between.length ?? 0) < between.length ? between : [])].some(
        (one) => one === ownWidest || one === ownWidest - less,
      );
    // One is less wide where a blank stood at its end: no word goes on behind that.
    const isBroken = paragraph.filter((line, at) => isOwnWidest(line, paragraph[at + 1], 1)).length > 1;
    const isUsual = (width: number) =>
      (widths.get(width) ?? 0) + (widths.get(width - 1) ?? 0) >= Math.max(3, (to - from) / 2);
    const full: number[] = [];
    for (let at = from; at < to - 1; at += 1) {
      const line = lines[at] ?? emptyLine;
      const { width } = line;
      const isWidest = line.end === "broken" || width === widest || (isBroken && isOwnWidest(line, lines[at + 1]));
      if (line.end !== "whole" && (isWidest || isUsual(width)) && !rule.test(lines[at + 1]?.text ?? "")) full.push(at);
    }
    for (const at of full) {
      const next = lines[at + 1]?.text ?? "";
      const isNarrow = widest < narrowTerminal && plainWord.test(next) && (lengths.get(widest) ?? 0) < 2;
      const isAlone =
        full.length === 1 &&
        lines[at]?.end !== "broken" &&
        (widest > widestTerminal || isNarrow || lineFollowers.test(next) || lastWords.test(next));
      if (!isAlone) broken.add(at);
    }
    from = to + 1;
  }
  for (const at of brokenTwice(lines, broken)) broken.add(at);
  return broken;
}

/**
 * The lines that were broken before, at a greater width: each has as many full lines above it as another one that is as wide,
 * and goes on below.
 */
function brokenTwice(lines: readonly CleanLine[], broken: ReadonlySet<number>): number[] {
  const rests = new Map<string, number[]>();
  let above = 0;
  lines.forEach(({ own }, at) => {
    if (broken.has(at)) above += 1;
    else {
      const form = `${above} ${own}`;
      const same = rests.get(form) ?? [];
      if (above > 0 && !isEnd(lines[at + 1])) rests.set(form, same).get(form)?.push(at);
      above = 0;
    }
  });
  return [...rests.values()].filter((same) => same.length > 1).flat();
}

function isEnd(line: CleanLine | undefined): boolean {
  return line === undefined || line.text === "" || line.parts;
}

/** A value from `from` on, as far as its characters fit and nothing parts them; `end` at most. */
export function valueAt({ text, gaps: before }: Squeezed, from: number, fits: RegExp, end = text.length): string {
  let at = from;
  while (at < end && fits.test(text[at] ?? "")) {
    const gap = before[at] ?? gaps.none;
    if (at > from && gap !== gaps.none && gap !== gaps.wrap) break;
    at += 1;
  }
  return text.slice(from, at);
}

/** The text between two places with its blanks, as AWS wrote it: a line's end is one, unless a word may go on there. */
export function spaced({ text, gaps: before }: Squeezed, from: number, to: number): string {
  let out = "";
  for (let at = from; at < to; at += 1) {
    const gap = before[at] ?? gaps.none;
    if (at > from && gap !== gaps.none && gap !== gaps.wrap) out += " ";
    out += text[at] ?? "";
  }
  return out;
}
