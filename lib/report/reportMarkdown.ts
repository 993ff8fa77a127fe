import { counts } from "./counts.js";
import { longestRun, markdownCell, markdownCode } from "./markdownCode.js";
import { namesApart } from "./namesApart.js";
import { printableLines } from "./printableLines.js";
import type { ReportCase } from "./ReportCase.js";

/** GitHub takes a comment of at most 65,536 characters, and none of a longer one. */
const longest = 65_000;

/** So much of it is left to what did not pass, where the table alone would take all. */
const leftToCases = 30_000;

const statuses = ["failed", "inconclusive", "passed"] as const satisfies readonly ReportCase["status"][];

/**
 * Cases as Markdown for a job's summary or a pull request: a table, and below it what did not pass, each in a code block.
 * Whatever is named may be hostile: it stands in code, where Markdown and HTML mean nothing and nobody is mentioned. It fits
 * into a comment: of more than that the first are told, what failed first, and the rest is counted.
 *
 * @see https://github.github.com/gfm/
 */
export function reportMarkdown(given: readonly ReportCase[]): string {
  const cases = statuses.flatMap((wanted) => given.filter(({ status }) => status === wanted));
  const unmet = cases.filter(({ status }) => status !== "passed");
  const { shared, names } = namesApart(cases);
  const head = [
    "# Backup vault access",
    "",
    counts(cases),
    "",
    ...(shared === "" ? [] : [`All of them: ${markdownCode(shared)}`, ""]),
    "| result | check | blocking layer |",
    "| --- | --- | --- |",
  ];
  const rows = cases.map((one, at) => rowOf(one, names[at] ?? ""));
  const whole = [...head, ...rows, "", ...unmet.map((one) => sectionOf(one))].join("\n");
  if (whole.length <= longest) return whole;
  const inTable = fitting(rows, longest - leftToCases);
  const table = [...head, ...inTable, ""].join("\n");
  const left = longest - table.length - 500;
  // One answer that is too long alone is told as far as it goes.
  const inFull = fitting(
    unmet.map((one, at) => sectionOf(one, at === 0 ? left / 4 : left)),
    left,
  );
  return [
    table,
    ...inFull,
    `Of ${cases.length}, ${inTable.length} stand in the table and ${inFull.length} below it: a comment holds no more. The formats html and json tell more.`,
    "",
  ].join("\n");
}

/** As many of the first as there is room for. */
function fitting(pieces: readonly string[], room: number): readonly string[] {
  let used = 0;
  const at = pieces.findIndex((piece) => {
    used += piece.length + 1;
    return used > room;
  });
  return at < 0 ? pieces : pieces.slice(0, at);
}

function rowOf({ status, diagnosis }: ReportCase, name: string): string {
  const result = status === "passed" ? status : `**${status}**`;
  return `| ${result} | ${markdownCell(name)} | ${diagnosis.blockingLayer ?? ""} |`;
}

function sectionOf({ name, text }: ReportCase, most = longest): string {
  const lines = printableLines(text ?? "").join("\n");
  const told = lines.length <= most ? lines : `${lines.slice(0, most)}\n(The rest is too long for a comment.)`;
  const fence = "`".repeat(Math.max(3, longestRun(told) + 1));
  return [`## ${markdownCode(name)}`, "", `${fence}text`, told, fence, ""].join("\n");
}
