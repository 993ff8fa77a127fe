import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { printable } from "./printable.js";
import type { ReportCase } from "./ReportCase.js";
import { reportText } from "./reportText.js";
import { subjectLine } from "./subjectLine.js";

const statuses = { allowed: "passed", blocked: "failed", inconclusive: "inconclusive" } as const;

/** The question of a diagnosis as test reports know it: may this vault be created? */
export function caseOf(diagnosis: Diagnosis): ReportCase {
  const vault = diagnosis.actions.find(({ action }) => action === "backup:CreateBackupVault")?.resource;
  const status = statuses[diagnosis.outcome];
  return {
    name: subjectLine(diagnosis) || printable(`may create ${vault ?? "the backup vault"}`),
    status,
    text: status === "passed" ? null : reportText(diagnosis).trimEnd(),
    diagnosis,
  };
}
