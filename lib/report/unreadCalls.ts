import type { Diagnosis } from "../diagnosis/Diagnosis.js";

/** What was not read and why, each reason once: "iam:GetRole, iam:ListRolePolicies (refused: AccessDenied: ...)". */
export function unreadCalls(evidence: Diagnosis["evidence"]): string[] {
  const callsByReason = new Map<string, Set<string>>();
  for (const { call, status, detail } of evidence) {
    if (status === "answered") continue;
    const reason = `${status}${detail === undefined ? "" : `: ${detail}`}`;
    callsByReason.set(reason, (callsByReason.get(reason) ?? new Set()).add(call));
  }
  return [...callsByReason].map(([reason, calls]) => `${[...calls].join(", ")} (${reason})`);
}
