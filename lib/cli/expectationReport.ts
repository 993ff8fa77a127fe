import { styleText } from "node:util";
import { inertJson } from "../report/inertJson.js";
import type { ReportCase } from "../report/ReportCase.js";
import type { ReportFormat } from "../report/ReportFormat.js";
import { reportCases } from "../report/reportCases.js";
import type { ExpectationResult } from "../testing/expectations/ExpectationResult.js";

/** The results of a file's expectations in one of the formats. */
export function expectationReport(
  results: readonly ExpectationResult[],
  format: ReportFormat,
  color: boolean,
  file: string,
): string {
  switch (format) {
    case "text":
      return textOf(results, color);
    case "json":
      return jsonOf(results);
    case "ndjson":
      return results.map(({ diagnosis }) => `${inertJson(diagnosis)}\n`).join("");
    default:
      return reportCases(
        results.map((result) => ({ ...caseOf(result), file })),
        format,
      );
  }
}

/** One diagnosis, or several, as the specification has it, with how each expectation went beside them. */
function jsonOf(results: readonly ExpectationResult[]): string {
  const diagnoses = results.map(({ diagnosis }) => diagnosis);
  const expectations = results.map(({ index, name, status, milliseconds }) => ({ index, name, status, milliseconds }));
  const [only, ...others] = diagnoses;
  const report = only !== undefined && others.length === 0 ? { ...only, expectations } : { diagnoses, expectations };
  return `${inertJson(report, 2)}\n`;
}

function caseOf({ name, status, failure, diagnosis, milliseconds }: ExpectationResult): ReportCase {
  const statuses = { met: "passed", "not-met": "failed", inconclusive: "inconclusive" } as const;
  return { name, status: statuses[status], text: failure, diagnosis, milliseconds };
}

function textOf(results: readonly ExpectationResult[], color: boolean): string {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text;
  const marks = {
    met: style("green", "met           "),
    "not-met": style("red", "NOT MET       "),
    inconclusive: style("yellow", "INCONCLUSIVE  "),
  };
  const lines = results.flatMap(({ name, status, failure }) => [
    `${marks[status]}${name}`,
    ...(failure === null ? [] : ["", ...failure.split("\n").map((line) => (line === "" ? "" : `    ${line}`)), ""]),
  ]);
  const count = (wanted: ExpectationResult["status"]) => results.filter(({ status }) => status === wanted).length;
  const summary = `${results.length} ${results.length === 1 ? "expectation" : "expectations"}: ${count("met")} met, ${count("not-met")} not met, ${count("inconclusive")} inconclusive`;
  return `${[...lines, ...(lines.at(-1) === "" ? [] : [""]), style("bold", summary)].join("\n")}\n`;
}
