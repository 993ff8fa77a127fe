import { headSentence, headWords, longestHead } from "../facts/denials.js";

/** A time in a line's head, whose digits are noughts. */
const time = /(?:^|[\sT[(_-])0:0(?::0|\D|$)|0-0-0/;
/** Of a head that is longer, the beginnings that end with a mark. */
const mostHeads = 24;

/**
 * How long the head is that a logger put before each line, where its lines were broken afterwards, so that not all of them
 * have it: whatever more than one line begins with alike but for digits, up to a mark, that holds a time of its own and no
 * word of a refusal. Nought where there is none. Linear in the text.
 */
export function recordHeads(lines: readonly string[]): number[] {
  const shared = sharedForm(lines.filter((line) => line.trim() !== ""));
  const heads = lines.map((line) => headsOf(line, shared));
  const counts = new Map<string, number>();
  // What has nothing behind it anywhere may be the end of a line that was broken.
  const led = new Set<string>();
  heads.forEach((own, at) => {
    const width = (lines[at] ?? "").trimEnd().length;
    for (const { form, length } of own) {
      counts.set(form, (counts.get(form) ?? 0) + 1);
      if (length < width) led.add(form);
    }
  });
  const countOf = ({ form }: Head) => (led.has(form) ? (counts.get(form) ?? 0) : 0);
  // Of a logger's head and what some of its lines begin with, the logger's stands before most.
  return heads.map((own) => {
    const most = own.reduce((count, head) => Math.max(count, countOf(head)), 0);
    return most < 2 ? 0 : (own.findLast((head) => countOf(head) === most)?.length ?? 0);
  });
}

interface Head {
  form: string;
  length: number;
}

/** What all lines begin with: its time is that of another log, around this one. */
function sharedForm(lines: readonly string[]): number {
  const [first = "", ...others] = lines.map((line) => formOf(line.slice(0, longestHead)));
  return others.reduce((length, other) => {
    let at = 0;
    while (at < length && first[at] === other[at]) at += 1;
    return at;
  }, first.length);
}

const formOf = (head: string) => head.trimEnd().replace(/\d+/g, "0");

function headsOf(line: string, shared: number): Head[] {
  const head = line.slice(0, longestHead);
  const words = [headWords, headSentence].map((form) => head.search(form)).filter((at) => at >= 0);
  const most = Math.min(head.length, ...words);
  return [...head.matchAll(/[:\]|>-](?:\s+|$)/g)].slice(0, mostHeads).flatMap(({ index, 0: end }) => {
    const length = index + end.length;
    const form = formOf(head.slice(0, length));
    return length <= most && time.test(form.slice(shared)) && !form.includes("=") ? [{ form, length }] : [];
  });
}
