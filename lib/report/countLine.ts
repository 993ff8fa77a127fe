import type { ReportCase } from "./ReportCase.js";

/** "3 checks: 1 passed, 1 failed, 1 inconclusive" */
export function countLine(cases: readonly ReportCase[]): string {
  const count = (wanted: ReportCase["status"]) => cases.filter(({ status }) => status === wanted).length;
  const checks = cases.length === 1 ? "1 check" : `${cases.length} checks`;
  return `${checks}: ${count("passed")} passed, ${count("failed")} failed, ${count("inconclusive")} inconclusive`;
}
