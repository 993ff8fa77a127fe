import { printable } from "./printable.js";

/** A code span, whose fence is longer than any run of backticks in it. */
export function markdownCode(text: string): string {
  const shown = printable(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^`|`$/.test(shown) || shown === "" ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span in a table, where a bar ends the cell even in code unless one backslash stands before it. */
export function markdownCell(text: string): string {
  return markdownCode(text.replace(/\\(?=\|)/g, "\\ ")).replaceAll("|", "\\|");
}

/** How many backticks stand side by side at most. */
export function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
