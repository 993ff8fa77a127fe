import { counts } from "./counts.js";
import { printable } from "./printable.js";
import { printableLines } from "./printableLines.js";
import type { ReportCase } from "./ReportCase.js";

/**
 * Cases as Markdown for a job's summary or a pull request: a table, and below it what did not pass, each in a code block.
 * Whatever is named may be hostile: it stands in code, where Markdown and HTML mean nothing and nobody is mentioned.
 *
 * @see https://github.github.com/gfm/
 */
export function reportMarkdown(cases: readonly ReportCase[]): string {
  const unmet = cases.filter(({ status }) => status !== "passed");
  return [
    "# Backup vault access",
    "",
    counts(cases),
    "",
    "| result | check | blocking layer |",
    "| --- | --- | --- |",
    ...cases.map(({ name, status, diagnosis }) => {
      const result = status === "passed" ? status : `**${status}**`;
      return `| ${result} | ${cell(name)} | ${diagnosis.blockingLayer ?? ""} |`;
    }),
    "",
    ...unmet.flatMap(({ name, text }) => [`## ${code(name)}`, "", ...block(text ?? ""), ""]),
  ].join("\n");
}

/** A code span, whose fence is longer than any run of backticks in it. */
function code(text: string): string {
  const shown = printable(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^`|`$/.test(shown) || shown === "" ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span in a table, where a bar ends the cell even in code unless one backslash stands before it. */
function cell(text: string): string {
  return code(text.replace(/\\(?=\|)/g, "\\ ")).replaceAll("|", "\\|");
}

function block(given: string): string[] {
  const text = printableLines(given).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}text`, text, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
