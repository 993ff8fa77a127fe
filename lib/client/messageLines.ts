import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
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
    return diagnosis.blockers.map((blocker, index) =>
      printable(`[${blocker.layer}] ${probably(blocker)}${blocker.reason}${remedy(fixFor(diagnosis, blocker, index))}`),
    );
  }
  const unknown = [...new Set(diagnosis.suspects.flatMap(({ dependsOn }) => dependsOn))];
  const unread = unreadCalls(diagnosis.evidence);
  return [
    diagnosis.summary,
    ...(unknown.length > 0 ? [`What is not known, and would tell more: ${unknown.join(", ")}.`] : []),
    ...unread.slice(0, 4).map((line) => `Not read: ${line}`),
    ...(unread.length > 4 ? [`Not read: ${unread.length - 4} more, see diagnosis.evidence`] : []),
  ].map(printable);
}

function probably({ certainty }: Blocker): string {
  return certainty === "probable" ? "Probably: " : "";
}

function remedy(fix: Fix | undefined): string {
  if (fix === undefined) return "";
  return ` What to do (${who[fix.owner]}): ${fix.title.replace(/\.$/, "")}.${fix.note === undefined ? "" : ` ${fix.note}`}`;
}

/** Fixes come in the order of the blockers; a fix names no blocker but its layer and policy. */
function fixFor({ blockers, fixes }: Diagnosis, blocker: Blocker, index: number): Fix | undefined {
  const same = fixes[index];
  if (fixes.length === blockers.length && same?.layer === blocker.layer) return same;
  return (
    fixes.find(({ layer, policy }) => layer === blocker.layer && policy === (blocker.policy?.name ?? null)) ??
    fixes.find(({ layer }) => layer === blocker.layer)
  );
}
