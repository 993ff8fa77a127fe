import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { caseOf } from "./caseOf.js";
import { counts } from "./counts.js";
import type { PlaceOf } from "./FilePlace.js";
import { inertJson } from "./inertJson.js";
import type { ReportFormat } from "./ReportFormat.js";
import { reportCases } from "./reportCases.js";
import { reportJson } from "./reportJson.js";
import { reportText } from "./reportText.js";

/** How a report is written. */
export interface ReportOptions {
  /** Text with ANSI colours; false by default. */
  color?: boolean | undefined;
  /** Text: columns at which lines are wrapped between words; not wrapped by default. */
  width?: number | undefined;
  /** The file that was diagnosed, for SARIF; none by default. */
  file?: string | undefined;
  /** What was diagnosed: the page then shows the policies' texts and the way through the organization; none by default. */
  snapshot?: Snapshot | undefined;
  /** Where in your files a blocker stands, for SARIF: its policy's statement, or for null the vault. Default: not known. */
  placeOf?: PlaceOf | undefined;
}

const order: readonly Diagnosis["outcome"][] = ["blocked", "inconclusive", "allowed"];

/**
 * A diagnosis, or several, as text for people, as data for programs, as a page, or as what a CI system shows. Several are
 * sorted, those that are blocked first, but for JSON. Whatever a diagnosis names may be hostile: in every format it is shown
 * as what it is, and does nothing. Ends with a newline.
 *
 * - `text`: why, each blocker with its statement and fix, what is suspected, assumed and was not read
 * - `json`: the Diagnosis, or `{ "diagnoses": [...] }`; `ndjson`: one Diagnosis a line
 * - `junit`: a failure where blocked, an error where inconclusive; `sarif`: version 2.1.0, for code scanning
 * - `html`: one page that needs nothing else; `markdown`: for a job's summary or a pull request
 * - `github`: annotations of GitHub Actions
 *
 * @example
 * process.stdout.write(report(diagnose(snapshot), "markdown"));
 */
export function report(
  given: Diagnosis | readonly Diagnosis[],
  format: ReportFormat,
  { color = false, width, file, snapshot, placeOf }: ReportOptions = {},
): string {
  const diagnoses = "diagnosisVersion" in given ? [given] : given;
  const sorted = order.flatMap((wanted) => diagnoses.filter(({ outcome }) => outcome === wanted));
  const cases = () =>
    sorted.map((one) => ({
      ...caseOf(one),
      ...(file !== undefined && { file }),
      ...(snapshot !== undefined && { snapshot }),
      ...(placeOf !== undefined && { placeOf }),
    }));
  switch (format) {
    case "text": {
      const texts = sorted.map((diagnosis) => reportText(diagnosis, { color, ...(width !== undefined && { width }) }));
      return texts.length === 1 ? texts.join("") : [...texts, `${counts(cases())}\n`].join(separator);
    }
    case "json":
      return reportJson(diagnoses);
    case "ndjson":
      return diagnoses.map((diagnosis) => `${inertJson(diagnosis)}\n`).join("");
    default:
      return reportCases(cases(), format);
  }
}

const separator = `\n${"-".repeat(72)}\n\n`;
