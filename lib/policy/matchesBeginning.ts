import { afterRuns, anyRun, anyUnit, isRun, type Pattern } from "./wildcard.js";

/**
 * How many of the texts that begin with `beginning`, and go on for at least two units, a pattern matches. "some" where
 * it cannot be told that it is all of them.
 */
export function matchesBeginning(pattern: Pattern, beginning: string): "all" | "some" | "none" {
  let places = afterRuns(pattern, [0]);
  for (let at = 0; at < beginning.length; at += 1) {
    const code = beginning.charCodeAt(at);
    const next: number[] = [];
    for (const place of places) {
      const unit = pattern[place];
      if (unit === undefined || (unit !== code && unit !== anyUnit && !isRun(unit))) continue;
      next.push(isRun(unit) ? place : place + 1);
    }
    places = afterRuns(pattern, next);
  }
  const open = places.filter((place) => place < pattern.length);
  if (open.length === 0) return "none";
  return open.some((place) => matchesAnyEnding(pattern, place)) ? "all" : "some";
}

/** Whether what is left of a pattern matches every text of two units and more. */
function matchesAnyEnding(pattern: Pattern, place: number): boolean {
  let units = 0;
  let hasRun = false;
  for (let at = place; at < pattern.length; at += 1) {
    if (pattern[at] === anyRun) hasRun = true;
    else if (pattern[at] === anyUnit) units += 1;
    else return false;
  }
  return hasRun && units <= 2;
}
