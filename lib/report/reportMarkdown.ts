import { counts } from "./counts.js";
import { longestRun, markdownCell, markdownCode } from "./markdownCode.js";
import { namesApart } from "./namesApart.js";
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
  const { shared, names } = namesApart(cases);
  return [
    "# Backup vault access",
    "",
    counts(cases),
    "",
    ...(shared === "" ? [] : [`All of them: ${markdownCode(shared)}`, ""]),
    "| result | check | blocking layer |",
    "| --- | --- | --- |",
    ...cases.map(({ status, diagnosis }, at) => {
      const result = status === "passed" ? status : `**${status}**`;
      return `| ${result} | ${markdownCell(names[at] ?? "")} | ${diagnosis.blockingLayer ?? ""} |`;
    }),
    "",
    ...unmet.flatMap(({ name, text }) => [`## ${markdownCode(name)}`, "", ...block(text ?? ""), ""]),
  ].join("\n");
}

function block(given: string): string[] {
  const text = printableLines(given).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}text`, text, fence];
}
