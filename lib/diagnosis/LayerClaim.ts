import type { Layer, Source } from "../facts/layers.js";
import type { PolicyRef } from "../verdict/LayerJudgement.js";

/** What a source other than the policies says of one layer and action. */
export interface LayerClaim {
  readonly verdict: "allowed" | "explicitDeny" | "implicitDeny";
  /** The policy that the source names. */
  readonly policy: PolicyRef | null;
}

/** Claims that count before the policies: AWS's own words about this very call. */
export interface OwnWords {
  readonly source: Extract<Source, "denial-message" | "cloudtrail">;
  readonly claims: Partial<Record<Layer, LayerClaim>>;
  /** AWS refused the action, without a word about the layer. */
  readonly isRefusedUnnamed: boolean;
}
