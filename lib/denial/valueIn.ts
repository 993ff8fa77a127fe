import { gaps, type Squeezed } from "./squeeze.js";

/** What a form found, as far as nothing parts it: the end of a line does where the form takes what stands before it for all. */
export function valueIn({ text, gaps: before }: Squeezed, from: number, match: RegExpExecArray, form: RegExp): string {
  const [start = 0, end = 0] = match.indices?.[1] ?? [];
  const isWhole = (to: number) => text.slice(from + match.index, to).replace(form, "") === "";
  for (let at = from + start + 1; at < from + end; at += 1) {
    const gap = before[at] ?? gaps.none;
    if (gap === gaps.none || gap === gaps.wrap || (gap === gaps.line && !isWhole(at))) continue;
    return text.slice(from + start, at);
  }
  return text.slice(from + start, from + end);
}
