import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { nextStepLines } from "../report/nextSteps.js";
import { printable } from "../report/printable.js";
import { unreadCalls } from "../report/unreadCalls.js";

const who: Readonly<Record<Fix["owner"], string>> = {
  account: "whoever administers this account's IAM",
  organization: "whoever administers the organization's policies",
  "key-owner": "whoever administers the KMS key",
};

/** The lines that a denial's message gains: one a blocker, with who must do what; or what would tell more. */
export function messageLines(diagnosis: Diagnosis): string[] {
  if (diagnosis.outcome === "blocked") {
    const { blockers, fixes, omittedBlockers = 0 } = diagnosis;
    const lines = blockers.map((blocker, index) => {
      const fix = fixes.find((one) => one.blocker === index);
      return `[${blocker.layer}] ${probably(blocker)}${blocker.reason}${remedy(fix)}`;
    });
    if (omittedBlockers > 0) lines.push(`${omittedBlockers} more blockers are not listed.`);
    return lines.map(printable);
  }
  const unknown = [...new Set(diagnosis.suspects.flatMap(({ dependsOn }) => dependsOn))];
  const unread = unreadCalls(diagnosis.evidence);
  return [
    diagnosis.summary,
    ...(unknown.length > 0 ? [`What is not known, and would tell more: ${unknown.join(", ")}.`] : []),
    ...unread.slice(0, 4).map((line) => `Not read: ${line}`),
    ...(unread.length > 4 ? [`Not read: ${unread.length - 4} more, see diagnosis.evidence`] : []),
    ...nextStepLines(diagnosis).map((line) => `Next: ${line}`),
  ].map(printable);
}

function probably({ certainty }: Blocker): string {
  return certainty === "probable" ? "Probably: " : "";
}

function remedy(fix: Fix | undefined): string {
  if (fix === undefined) return "";
  return ` What to do (${who[fix.owner]}): ${fix.title.replace(/\.$/, "")}.${fix.note === undefined ? "" : ` ${fix.note}`}`;
}
