import type { Evidence } from "../snapshot/Evidence.js";

/** Why evidence is missing, for a person. */
export function unreadReason(evidence: Evidence<unknown>): string {
  return evidence.status === "unreadable" ? evidence.reason : "not read";
}
