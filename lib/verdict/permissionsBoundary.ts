import type { Judging } from "./Judging.js";
import { judgeDocuments, matchDocuments, policyRef } from "./judgeDocuments.js";
import { type LayerJudgement, notApplicable, unread } from "./LayerJudgement.js";
import { unreadReason } from "./unreadReason.js";

const layer = "permissions-boundary";

/**
 * The permissions boundary of the user or role behind the caller; root has none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function permissionsBoundary(judging: Judging): LayerJudgement {
  const evidence = judging.snapshot.policies.permissionsBoundary;
  if (judging.request.principal?.kind === "root" || evidence.status === "none") return notApplicable(layer);
  if (evidence.status !== "read") return unread(layer, "policies.permissionsBoundary", unreadReason(evidence));
  const found = matchDocuments(judging, [evidence.value], () => "policies.permissionsBoundary", false);
  return {
    ...judgeDocuments(layer, found, null),
    silent: [{ policy: policyRef(evidence.value), statement: null, target: null, note: "" }],
  };
}
