import { stripVTControlCharacters } from "node:util";
import { balloon, boxEdge, lineMarks, linePrefixes, misreadBoxes, reportStarts } from "../facts/denials.js";
import { decodedText } from "./decodedText.js";
import { recordHeads } from "./recordHeads.js";
import { type LineEnd, unescapedLines } from "./unescapedLines.js";

/** One line of what was pasted, without what a log, a box or a terminal put around it. */
export interface CleanLine {
  text: string;
  /** How wide the whole line was on the screen, with its prefix: a line as wide as its neighbours may have been broken. */
  width: number;
  /** How it ended as it stood in the text, before what was escaped in it was read. */
  end: LineEnd;
  /** How wide it was before something put a prefix before it: it may have been broken already then. */
  own: number;
  /** How wide it was with some of its prefixes, where it has several. */
  between: readonly number[];
  /** A blank or two stand before it, or a prefix that the line above has not: a word that began there does not go on here. */
  begins: boolean;
  /** A box begins or ends here, or something else that parts one report from the next. */
  parts: boolean;
}

/** What parts one paragraph from the next. */
export const emptyLine: CleanLine = {
  text: "",
  width: 0,
  end: null,
  own: 0,
  between: [],
  begins: false,
  parts: false,
};

/**
 * The lines of a pasted text: colours, cursor movements, boxes, time stamps and the like are gone, escaped line ends are
 * line ends. Linear in the text.
 */
export function cleanLines(text: string): CleanLine[] {
  const stood = plainCharacters(decodedText(text))
    .split(/\r\n|[\n\r\u2028\u2029\f\v]/)
    .map(withoutBorder);
  const unescaped = unescapedLines(stood);
  const lines = dedented(unescaped.map(({ text }) => withoutBorder(text)));
  // What is known of a prefix comes first: what is left of it is no word of a refusal, though it may be "error".
  const known = withoutQuotes(withoutMarks(withoutMarks(lines).map(withoutPrefixes)));
  const shared = sharedPrefix(known.filter((line) => line.trim() !== ""));
  const heads = recordHeads(lines);
  const widest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  let above = { indent: 0, prefix: 0, form: "" };
  return lines.flatMap((line, index) => {
    const own = (known[index] ?? "").slice(shared);
    const head = heads[index] ?? 0;
    const rest = withoutPrefixes(head > line.length - own.length && line.endsWith(own) ? line.slice(head) : own);
    const whole = rest.trim();
    const text = whole.replace(/\s*\\+$/, "");
    // As wide as the widest, it is a part of a table's broken line, and parts nothing.
    if (text === "" && line.length === widest && own.length > 3 * hanging) return [];
    if (text === "" || boxEdge.test(text)) return emptyLine;
    const indent = rest.length - rest.trimStart().length;
    const width = line.trimEnd().length;
    const prefix = width - whole.length - indent;
    // A time or a level is not as wide in every line, and yet the same prefix.
    const form = line
      .slice(0, Math.max(0, prefix))
      .replace(/\d+/g, "0")
      .replace(/[A-Za-z]+/g, "a");
    const isSame = form === above.form || prefix === above.prefix;
    // As far in as the line above: all of it stands there.
    const isIndented = indent < hanging && indent > (isSame ? above.indent : 0);
    const begins = unescaped[index - 1]?.end === "whole" || isIndented || (prefix > above.prefix && !isSame);
    above = { indent, prefix, form };
    const between = prefix > 0 ? widthsBetween(line.trimEnd()) : [];
    const end = unescaped[index]?.end ?? null;
    return { text, width, end, own: rest.trimEnd().length, between, begins, parts: /^[╷╵]/.test(text) };
  });
}

/** Without colours and cursor movements: as bytes, as JSON escapes them, and as logs keep them without their Escape. */
function plainCharacters(text: string): string {
  const plain = stripVTControlCharacters(withoutErased(text).replace(/\\u001[bB]|\\x1[bB]|\\033|\^\[(?=\[)/g, "\u001B"))
    .replace(/\[\d{1,3}(?:;\d{1,3}){0,6}m|\[m(?!\w{0,30}\])/g, "")
    .replace(/\p{Cf}+/gu, "")
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/\p{Zs}/gu, " ")
    .replace(balloon, (_, told: string) => `\n${told.replace(/^ *[/|\\<(]|[\\|/>)](?= *$)/gm, "│")}`);
  return misreadBoxes.reduce((so, [misread, line]) => so.replace(misread, line), plain);
}

/**
 * Where a terminal begins its line anew, a line ends: what stood before may be a refusal. GitLab's marks of where sections
 * of a log begin stand in such a place.
 */
function withoutErased(text: string): string {
  return text.includes("\r\u001B[") ? text.replace(sectionMark, "").replace(erasure, "\n") : text;
}

/**
 * How many characters all lines begin with alike but for digits, as far as these are no words of a refusal: whatever a log
 * puts before its lines that is in no list. Where each line is a refusal by itself, they begin alike anyway; and what begins
 * a report begins it, unless a line behind it goes on.
 */
function sharedPrefix(lines: readonly string[]): number {
  const [first, ...others] = lines;
  if (first === undefined || others.length === 0) return 0;
  const form = (line: string) => line.slice(0, longestPrefix).padEnd(longestPrefix).replace(/\d/g, "0");
  const alike = others.reduce((common, line) => {
    const other = form(line);
    let at = 0;
    while (at < common.length && common[at] === other[at]) at += 1;
    return common.slice(0, at);
  }, form(first));
  const words = alike
    .replace(level, (name) => "#".repeat(name.length))
    .search(/error|denied|exception|user|arn|operation|creat|insuff|account:|_FAILED|AWS::|["{]/i);
  const prefix = /^.*[^\w=]/.exec(words < 0 ? alike : alike.slice(0, words))?.[0] ?? "";
  const [firstGoesOn, ...othersGo] = lines.map((line) => goesOn.test(line.slice(prefix.length)));
  const isOfLog = lines.every((line) => refusal.test(line))
    ? firstGoesOn !== true && othersGo.includes(true)
    : !reportStarts.test(prefix) || firstGoesOn === true || othersGo.includes(true);
  return isOfLog && /[^A-Za-z\s]/.test(prefix) && prefix.length > 1 ? prefix.length : 0;
}

const refusal = /not authorized|denied|insufficient privileges|authorization failure/i;
/** A logger's level, which is no word of a message. */
const level = /(?:##)?\[\w{1,20}\]|\b(?:error|err|fatal|warn(?:ing)?|info)\b(?!\s+(?:occurred|executing))/gi;
/** The rest of a line that begins no report: a frame, a box, or the middle of a sentence. */
const goesOn = /^(?:$|[\s\d(│╷╵|║┃╔╚┌└]|(?!\w+ing\b)[a-z])/;

/** The lines without the blanks that all of them begin with. */
function dedented(lines: readonly string[]): readonly string[] {
  const all = lines.reduce((least, line) => (line.trim() === "" ? least : Math.min(least, line.search(/\S/))), hanging);
  return lines.map((line) => line.slice(all));
}

/** A line without its box's right side, where it has both. */
function withoutBorder(line: string): string {
  const end = /\s+[│┃|║]\s*$/.exec(line.slice(-200));
  const inner = end === null ? "" : line.slice(0, end.index - Math.min(200, line.length));
  return /[│┃|║]/.test(inner.slice(0, longestPrefix)) ? inner : line;
}

/** The lines without quotes, where each stands in its own, as an item of a list does. */
function withoutQuotes(lines: readonly string[]): readonly string[] {
  const told = lines.map((line) => line.trim()).filter((line) => line !== "");
  const isQuoted = (line: string) => line.length > 1 && /["'`]/.test(line[0] ?? "") && /["'`],?$/.test(line.slice(-2));
  return told.every(isQuoted)
    ? lines.map((line) =>
        line
          .trim()
          .slice(1)
          .replace(/["'`],?$/, ""),
      )
    : lines;
}

/**
 * The lines without a mark that stands before every one of them, as of a list, a quotation, a comment or a box, and without
 * numbers that count them.
 */
function withoutMarks(lines: readonly string[], round = 0): readonly string[] {
  const told = lines.filter((line) => line.trim() !== "");
  const mark = lineMarks.find((one) => told.length > 1 && told.every((line) => one.test(line.slice(0, longestPrefix))));
  if (mark === undefined || round === rounds) return lines;
  const heads = told.map((line) => mark.exec(line.slice(0, longestPrefix))?.[1] ?? "");
  const first = Number(heads[0]);
  // Of lines that stand apart, as those of a box, the numbers between are missing.
  const isCounted = heads.every((head, at) => Number(head) >= first + at && Number(head) > Number(heads[at - 1] ?? -1));
  const isSame = heads.every((head) => head === heads[0]);
  if (!(isSame || isCounted)) return lines;
  const bare = lines.map((line) =>
    withoutPrefixes(line.slice(mark.exec(line.slice(0, longestPrefix))?.[0].length ?? 0)),
  );
  return withoutMarks(bare, round + 1);
}

const sectionMark = /section_(?:start|end):\d{1,12}:[\w.-]{1,80}(?:\[[^\]\n]{0,80}\])?(?=\r\p{Cc}\[0K)/gu;
const erasure = /\r\p{Cc}\[[02]?K/gu;
const longestPrefix = 120;
const rounds = 6;
/** So far in begins the cell of a table, whose text may have been broken within a word. */
const hanging = 8;

function withoutPrefixes(line: string): string {
  let rest = line;
  for (let round = 0; round < rounds; round += 1) {
    const bare = withoutPrefix(rest);
    if (bare === null) return rest;
    rest = bare;
  }
  return rest;
}

/** How wide a line is without its first prefix, its first two, and so on. */
function widthsBetween(line: string): number[] {
  const widths: number[] = [];
  for (let rest = withoutPrefix(line); rest !== null && widths.length < rounds; rest = withoutPrefix(rest)) {
    widths.push(rest.length);
  }
  return widths;
}

/** A line without its first prefix; null where it has none. */
function withoutPrefix(line: string): string | null {
  const bare = line.trimStart();
  if (bare === "") return null;
  const head = bare.slice(0, 200);
  const length = linePrefixes.reduce((found, prefix) => found || (prefix.exec(head)?.[0].length ?? 0), 0);
  return length === 0 ? null : bare.slice(length);
}
