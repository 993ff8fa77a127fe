export type { Diagnosis } from "../diagnosis/Diagnosis.js";
export { type ReportFormat, reportFormats } from "./ReportFormat.js";
export { type ReportOptions, report } from "./report.js";
export { type FixForm, fixForms, reportFix } from "./reportFix.js";
