import type { Judging } from "./Judging.js";
import { judgeDocuments, matchDocuments } from "./judgeDocuments.js";
import { blank, type Finding, type LayerJudgement, notApplicable, unread } from "./LayerJudgement.js";
import { unreadReason } from "./unreadReason.js";

const layer = "identity-policy";
const nobody: Finding = { policy: null, statement: null, target: null, note: "" };

/**
 * The policies of the user (with its groups) or role behind the caller. Root needs none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function identityPolicy(judging: Judging): LayerJudgement {
  const { policies } = judging.snapshot;
  if (judging.request.principal?.kind === "root") return notApplicable(layer);
  const evidence = policies.identity;
  switch (evidence.status) {
    case "none":
      return { ...blank(layer), silent: [nobody] };
    case "unreadable":
    case "notRead":
      return unread(layer, "policies.identity", unreadReason(evidence));
    case "read": {
      const found = matchDocuments(judging, evidence.value, (index) => `policies.identity[${index}]`, false);
      return { ...judgeDocuments(layer, found, null), silent: [nobody] };
    }
  }
}
