import { otherFailures } from "../facts/denials.js";
import { gaps, type Squeezed, spaced } from "./squeeze.js";

/** A failure that is no refusal for lack of rights. */
export interface OtherFailure {
  /** As "ExpiredToken", or what it is called where it has no name. */
  name: string;
  /** The text from where it is named, on one line. */
  words: string;
}

const longest = 300;

/** The first failure in a text that is no refusal; null where there is none. Linear in the text. */
export function otherFailureOf(squeezed: Squeezed): OtherFailure | null {
  const { text, gaps: before } = squeezed;
  const isEdge = (at: number) => (before[at] ?? gaps.report) !== gaps.none || !/\w/.test(text[at] ?? "");
  let first: { at: number; name: string } | null = null;
  for (const [form, told] of otherFailures) {
    for (const { 0: whole, 1: name, index: at } of text.matchAll(form)) {
      if (first !== null && at >= first.at) break;
      const begins = (before[at] ?? gaps.none) !== gaps.none || !/\w/.test(text[at - 1] ?? "");
      if (!begins || !isEdge(at + whole.length)) continue;
      first = { at, name: name ?? told ?? whole };
      break;
    }
  }
  return first && { name: first.name, words: spaced(squeezed, first.at, Math.min(text.length, first.at + longest)) };
}
