import type { Blocker, Diagnosis } from "../../diagnosis/Diagnosis.js";
import { printable } from "../../report/printable.js";
import { reportText } from "../../report/reportText.js";
import type { Claim } from "./Claim.js";

interface Judging {
  negated?: boolean;
  allowInconclusive?: boolean;
}

/**
 * Why an assertion fails, with the whole diagnosis as text; null where it holds. What cannot be known satisfies neither a
 * claim nor its negation.
 */
export function failureOf(
  claim: Claim,
  diagnosis: Diagnosis,
  { negated = false, allowInconclusive = false }: Judging = {},
): string | null {
  const truth = claim.holds(diagnosis);
  if (truth === (negated ? "false" : "true") || (truth === "unknown" && allowInconclusive)) return null;
  const wanted = negated ? claim.text.replace(/^to /, "not to ") : claim.text;
  const lines = [
    `Expected creating ${vaultOf(diagnosis)} ${printable(wanted)}, but ${found(diagnosis)}.`,
    ...(truth === "unknown"
      ? ["What cannot be known satisfies neither this assertion nor its negation. Missing:", ...missing(diagnosis)]
      : []),
    "",
    reportText(diagnosis).trimEnd(),
  ];
  return lines.join("\n");
}

function vaultOf({ actions }: Diagnosis): string {
  return printable(actions.find(({ action }) => action === "backup:CreateBackupVault")?.resource ?? "the backup vault");
}

function found({ outcome, blockers }: Diagnosis): string {
  switch (outcome) {
    case "allowed":
      return "it is allowed";
    case "blocked":
      return `it is blocked by ${blockers.map(named).join(" and ")}`;
    case "inconclusive":
      return "whether it is allowed cannot be known from what was read";
  }
}

function named({ layer, statement }: Blocker): string {
  if (statement === null) return layer;
  return `${layer} (statement ${printable(statement.sid ?? `index ${statement.index}`)})`;
}

function missing({ suspects }: Diagnosis): string[] {
  return suspects.map(({ layer, reason }) => `  - ${printable(`${layer}: ${reason}`)}`);
}
