import type { PolicyRef } from "../verdict/LayerJudgement.js";

/** What a source other than the policies says of one layer and action. */
export interface Claim {
  verdict: "allowed" | "explicitDeny" | "implicitDeny";
  /** The policy that the source names. */
  policy: PolicyRef | null;
}
