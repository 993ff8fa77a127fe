import type { EvidenceCall } from "../diagnosis/Diagnosis.js";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";

/** The error to end with where no read was answered at all (no credentials, no network); null where one was. */
export function whyNothingWasRead(evidence: readonly EvidenceCall[]): CliError | null {
  if (evidence.some(({ status }) => status === "answered" || status === "refused")) return null;
  const [first] = evidence;
  const why = first === undefined ? "nothing was asked" : `${first.call}: ${first.detail ?? first.status}`;
  return new CliError(`could not read anything from AWS (${printable(why)})`, 4);
}
