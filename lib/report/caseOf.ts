import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { printable } from "./printable.js";
import type { ReportCase } from "./ReportCase.js";
import { reportText } from "./reportText.js";
import { subjectLine } from "./subjectLine.js";

const statuses = { allowed: "passed", blocked: "failed", inconclusive: "inconclusive" } as const;

/** The question of a diagnosis as test reports know it: named by who, what and where, so that the text begins with why. */
export function caseOf(diagnosis: Diagnosis): ReportCase {
  const vault = diagnosis.actions.find(({ action }) => action === "backup:CreateBackupVault")?.resource;
  const subject = subjectLine(diagnosis);
  const status = statuses[diagnosis.outcome];
  return {
    name: subject || printable(`may create ${vault ?? "the backup vault"}`),
    status,
    text: status === "passed" ? null : reportText(diagnosis).slice(subject.length).trim(),
    diagnosis,
  };
}
