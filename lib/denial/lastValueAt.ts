import { begunArn, lineFollowers, organizationsPolicy } from "../facts/denials.js";
import { gaps, type Squeezed } from "./squeeze.js";

/**
 * The ARN or name that a message ends with, also over the ends of lines. What goes on behind the end of a line is its own
 * where that line has nothing else, or what AWS and tools write behind it; else it is a line by itself.
 */
export function lastValueAt({ text, gaps: before }: Squeezed, begin: number, limit: number): string {
  const hasBegun = (value: string) => begunArn.test(value) || (value.length < 4 && text.startsWith("arn:aws", begin));
  let end = begin;
  let last = begin;
  for (; end < limit && /[\w+=,.@:/*-]/.test(text[end] ?? ""); end += 1) {
    const gap = before[end] ?? gaps.none;
    if (end === begin || gap === gaps.none) continue;
    const value = text.slice(begin, end);
    const goesOn = gap === gaps.wrap || (gap === gaps.line && (/[-/:]$/.test(value) || hasBegun(value)));
    if (organizationsPolicy.exec(value)?.[0] === value || !goesOn) break;
    last = end;
  }
  const value = text.slice(begin, end);
  const first = text.slice(begin, last);
  if (last === begin || end >= text.length || (before[end] ?? gaps.none) >= gaps.wrap) return value;
  const isFollowed =
    /^(?:[<)\]}"';(,.[]|-\{|\w{1,30}=|Call|status|with|on|at|because)/.test(text.slice(end, end + 32)) ||
    (value.endsWith(":") && !lineFollowers.test(text.slice(last, end)));
  return isFollowed || hasBegun(first) ? value : first;
}
