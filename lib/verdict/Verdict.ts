export const verdicts = ["allowed", "explicitDeny", "implicitDeny", "unknown", "notApplicable"] as const;

/** What one layer says to one action, or what all of them together say. */
export type Verdict = (typeof verdicts)[number];
