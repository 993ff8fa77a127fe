import type { ReportCase } from "./ReportCase.js";

/** "1 passed, 1 failed, 1 inconclusive" */
export function counts(cases: readonly ReportCase[]): string {
  const count = (wanted: ReportCase["status"]) => cases.filter(({ status }) => status === wanted).length;
  return `${count("passed")} passed, ${count("failed")} failed, ${count("inconclusive")} inconclusive`;
}
