import { callKind } from "../request/callKind.js";
import { countsAsUnread } from "./countsAsUnread.js";
import type { Judging } from "./Judging.js";
import { judgeDocuments, matchDocuments, policyRef } from "./judgeDocuments.js";
import { type LayerJudgement, notApplicable, unread } from "./LayerJudgement.js";
import { unreadReason } from "./unreadReason.js";

const layer = "vpc-endpoint-policy";

/**
 * The policy of the VPC endpoint that the caller's own call passes; forwarded calls pass none.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function vpcEndpointPolicy(judging: Judging): LayerJudgement {
  const evidence = judging.snapshot.policies.vpcEndpoint;
  if (callKind(judging.action) !== "own" || evidence.status === "none") return notApplicable(layer);
  if (evidence.status !== "read") {
    return countsAsUnread(unread(layer, "policies.vpcEndpoint", unreadReason(evidence)));
  }
  const found = matchDocuments(judging, [evidence.value], () => "policies.vpcEndpoint", true);
  return countsAsUnread({
    ...judgeDocuments(layer, found, null),
    silent: [{ policy: policyRef(evidence.value), statement: null, target: null, note: "" }],
  });
}
