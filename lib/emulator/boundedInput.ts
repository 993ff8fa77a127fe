import type { Input } from "./Call.js";

/** Letters of a call's input that are kept: the longest key policy has its room twice. */
const mostLetters = 65_536;
const longestName = 128;

/**
 * An input, so that ten thousand of them can be kept. A member for which there is no room is told by its length, members
 * beyond by their number.
 */
export function boundedInput(input: Input): Input {
  if (lettersOf(input) <= mostLetters) return input;
  const kept: [name: string, value: unknown][] = [];
  const members = Object.entries(input);
  let room = mostLetters;
  for (const [index, [name, value]] of members.entries()) {
    const letters = lettersOf(value);
    const shown = name.slice(0, longestName);
    const entry: [string, unknown] = [shown, letters <= room / 2 ? value : `(${letters} letters, not kept)`];
    room -= shown.length + lettersOf(entry[1]);
    if (room < 0) {
      kept.push(["...", `(${members.length - index} members, not kept)`]);
      break;
    }
    kept.push(entry);
  }
  return Object.fromEntries(kept);
}

/** About as many as its JSON has. */
function lettersOf(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, item]) => sum + name.length + 4 + lettersOf(item), 2);
}
