import type { LayerJudgement } from "./LayerJudgement.js";

/**
 * A session, resource control or VPC endpoint policy that was not read, or that is damaged, is taken to allow; what it
 * surely denies still stands (contract, rules 2 and 14).
 */
export function countsAsUnread(judgement: LayerJudgement): LayerJudgement {
  return { ...judgement, takenToAllow: judgement.unread && judgement.denies !== "true" };
}
