import { begunArn, lineFollowers, organizationsPolicy, policyName } from "../facts/denials.js";
import { mayGoOn } from "./mayGoOn.js";
import { gaps, type Squeezed } from "./squeeze.js";

/**
 * The ARN or name that a message ends with, also over the ends of lines. What goes on behind the end of a line is its own
 * where that line has nothing else, or what AWS and tools write behind it; else it is a line by itself. Empty where neither
 * can be known: a part of a name is worse than none.
 */
export function lastValueAt(squeezed: Squeezed, begin: number, limit: number): string {
  const { text, gaps: before } = squeezed;
  const hasBegun = (value: string) => begunArn.test(value) || (value.length < 4 && text.startsWith("arn:aws", begin));
  let end = begin;
  let last = begin;
  for (; end < limit && /[\w+=,.@:/*-]/.test(text[end] ?? ""); end += 1) {
    const gap = before[end] ?? gaps.none;
    const value = text.slice(begin, end);
    // Neither a policy's name has a colon nor its path.
    if (text[end] === ":" && policyName.test(value)) break;
    if (end === begin || gap === gaps.none) continue;
    const goesOn = gap === gaps.wrap || (gap === gaps.line && (/[-/:]$/.test(value) || hasBegun(value)));
    if (organizationsPolicy.exec(value)?.[0] === value || !goesOn) break;
    last = end;
  }
  const value = text.slice(begin, end);
  if (!organizationsPolicy.test(value) && mayGoOn(squeezed, end)) return "";
  const first = text.slice(begin, last);
  if (last === begin || end >= text.length || (before[end] ?? gaps.none) >= gaps.wrap) return value;
  const isFollowed =
    /^(?:[<)\]}"';(,.[…]|-\{|\w{1,30}=|Call|statuscode|with|on|at|because)/.test(text.slice(end, end + 32)) ||
    (value.endsWith(":") && !lineFollowers.test(text.slice(last, end)));
  return isFollowed || hasBegun(first) ? value : first;
}
