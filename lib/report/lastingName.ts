import type { ReportCase } from "./ReportCase.js";
import { subjectLine } from "./subjectLine.js";

/**
 * What a case is called from one run to the next, so that readers of test reports and alerts know it again: without as whom
 * the evidence was read, which may be another session each time. Cases that were given another name keep it.
 */
export function lastingName({ name, diagnosis }: ReportCase): string {
  return name === subjectLine(diagnosis) ? subjectLine({ ...diagnosis, evidence: [] }) : name;
}
