import { lastWords, lineFollowers, nameRest } from "../facts/denials.js";
import { gaps, type Squeezed } from "./squeeze.js";

/** No screen's line is longer. */
const longestLine = 250;

/**
 * Whether the name that a message ends with may go on below, though nothing says that the line was broken there: the line
 * below has nothing else; or the message began further up, so that somebody broke its lines, and the one below begins with what
 * is no word.
 */
export function mayGoOn(squeezed: Squeezed, end: number): boolean {
  const { text, gaps: before } = squeezed;
  const rest = restBelow(squeezed, end);
  if (rest === null) return false;
  if (isAlone(squeezed, end, rest)) return true;
  let begin = end - 1;
  while (begin > end - longestLine && (before[begin] ?? gaps.report) < gaps.wrap) begin -= 1;
  return (
    nameRest.test(rest + (text[end + rest.length] ?? "")) && !text.slice(begin, end).includes("authorizedtoperform")
  );
}

/** Whether the line below has nothing but what may be the name's rest. */
export function isFollowedByRest(squeezed: Squeezed, end: number): boolean {
  const rest = restBelow(squeezed, end);
  return rest !== null && isAlone(squeezed, end, rest);
}

function isAlone({ gaps: before }: Squeezed, end: number, rest: string): boolean {
  return (before[end + rest.length] ?? gaps.report) >= gaps.wrap;
}

/** What the line below begins with, where a name that ended by its line may go on with it. */
function restBelow({ text, gaps: before, fresh }: Squeezed, end: number): string | null {
  if (before[end] !== gaps.line || fresh.has(end)) return null;
  let to = end;
  while (/[\w+=,.@/-]/.test(text[to] ?? "") && (to === end || before[to] === gaps.none)) to += 1;
  const rest = text.slice(end, to);
  return !/^(?!--).*\w/.test(rest) || lastWords.test(rest) || lineFollowers.test(rest) ? null : rest;
}
