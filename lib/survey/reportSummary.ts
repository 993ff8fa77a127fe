import { inertJson } from "../report/inertJson.js";
import { markdownCell } from "../report/markdownCode.js";
import { ownerNames } from "../report/ownerNames.js";
import { printable } from "../report/printable.js";
import type { SurveyCause, SurveyStep, SurveySummary } from "./SurveySummary.js";

/** What a summary is printed as. */
export const summaryFormats = ["text", "json", "ndjson", "markdown"] as const;

/** So many causes and steps are told to people; programs are given all. */
const mostTold = 20;

/**
 * A summary as text or Markdown for people, as one JSON object, or as ndjson: a line for the counts, for each cause and for
 * each step. Whatever is named may be hostile: it is shown as what it is, and does nothing. Ends with a newline.
 */
export function reportSummary(summary: SurveySummary, format: (typeof summaryFormats)[number]): string {
  switch (format) {
    case "json":
      return `${inertJson(summary, 2)}\n`;
    case "ndjson": {
      const { causes, steps, ...counts } = summary;
      const lines = [{ counts }, ...causes.map((cause) => ({ cause })), ...steps.map((step) => ({ step }))];
      return lines.map((line) => `${inertJson(line)}\n`).join("");
    }
    case "text":
      return asText(summary);
    case "markdown":
      return asMarkdown(summary);
  }
}

function countsOf({ principals, allowed, blocked, inconclusive }: SurveySummary): string {
  return `${principals} asked about: ${allowed} may create the vault, ${blocked} are refused, of ${inconclusive} it cannot be told.`;
}

function unfreedOf({ unfreed }: SurveySummary): string[] {
  return unfreed === 0 ? [] : [`Of ${unfreed} that are refused no change was proven to free them.`];
}

function atOf({ targets }: SurveyCause): string {
  // Of a single one the reason tells.
  if (targets.length < 2) return "";
  const more = targets.length > 3 ? ` and ${targets.length - 3} more` : "";
  return `; at ${targets.slice(0, 3).join(", ")}${more}`;
}

function freesOf({ stops, hidden, frees }: SurveyCause): string {
  const behind = hidden === 0 ? "" : `, would stop ${hidden} more behind another`;
  return `stops ${stops}${behind}; its change alone frees ${frees}`;
}

function stepOf({ causes, changes, frees, freed }: SurveyStep): string {
  const of = causes.map((index) => index + 1).join(", ");
  return `${changes} ${changes === 1 ? "change" : "changes"} (${of}): ${frees} more freed, ${freed} in all`;
}

function left(count: number, what: string): string[] {
  return count > mostTold ? [`  and ${count - mostTold} more ${what}`] : [];
}

function asText(summary: SurveySummary): string {
  const { causes, steps } = summary;
  const lines = [
    countsOf(summary),
    ...(causes.length === 0 ? [] : ["", "What stops them, what one change would free most first"]),
    ...causes
      .slice(0, mostTold)
      .flatMap((cause, index) =>
        [
          printable(`${index + 1}. ${cause.reason}`),
          printable(`${freesOf(cause)}${atOf(cause)}`),
          cause.change === null
            ? "no change of it was found"
            : printable(
                `change: ${cause.change.title} (${ownerNames[cause.change.owner]}; proven by diagnosing ${cause.proven} again)`,
              ),
          printable(`as ${cause.examples.join(", ")}`),
        ].map((line, at) => (at === 0 ? `  ${line}` : `     ${line}`)),
      ),
    ...left(causes.length, "causes"),
    ...(steps.length === 0 ? [] : ["", "The fewest changes that free most"]),
    ...steps.slice(0, mostTold).map((step) => `  - ${stepOf(step)}`),
    ...left(steps.length, "steps"),
    ...unfreedOf(summary).flatMap((line) => ["", line]),
  ];
  return `${lines.join("\n")}\n`;
}

function asMarkdown(summary: SurveySummary): string {
  const { causes, steps } = summary;
  const lines = [
    "# Backup vault access",
    "",
    countsOf(summary),
    "",
    "| | cause | stops | one change frees | change |",
    "| --- | --- | --- | --- | --- |",
    ...causes
      .slice(0, mostTold)
      .map(
        (cause, index) =>
          `| ${[index + 1, markdownCell(`${cause.reason}${atOf(cause)}`), cause.stops, cause.frees, markdownCell(cause.change?.title ?? "none found")].join(" | ")} |`,
      ),
    ...left(causes.length, "causes").flatMap((line) => ["", line.trim()]),
    "",
    ...steps.slice(0, mostTold).map((step, index) => `${index + 1}. ${stepOf(step)}`),
    ...left(steps.length, "steps").flatMap((line) => ["", line.trim()]),
    ...unfreedOf(summary).flatMap((line) => ["", line]),
  ];
  return `${lines.join("\n")}\n`;
}
