import { isServiceLinkedRole } from "../caller/isServiceLinkedRole.js";
import { callKind } from "../request/callKind.js";
import { countsAsUnread } from "./countsAsUnread.js";
import type { Judging } from "./Judging.js";
import { judgeDocuments, matchDocuments } from "./judgeDocuments.js";
import { or } from "./kleene.js";
import { blank, type LayerJudgement, notApplicable, unique, unread } from "./LayerJudgement.js";
import { unreadReason } from "./unreadReason.js";

const layer = "resource-control-policy";

/**
 * The resource control policies of the key owner's account. They only deny: RCPFullAWSAccess is always in force. Of the
 * three services they cover KMS alone, but neither kms:RetireGrant, nor AWS managed keys, nor the management account's
 * keys, nor calls of service-linked roles.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function resourceControlPolicy(judging: Judging): LayerJudgement {
  const { snapshot, key, action } = judging;
  const evidence = snapshot.policies.resourceControl;
  if (callKind(action) !== "kms" || action === "kms:RetireGrant") return notApplicable(layer);
  if (key.awsManaged || isServiceLinkedRole(snapshot.caller)) return notApplicable(layer);
  if (evidence.status === "none" || key.organization.status === "none") return notApplicable(layer);
  if (key.organization.status === "read" && key.organization.value.managementAccountId === key.accountId) {
    return notApplicable(layer);
  }
  if (evidence.status !== "read") {
    return countsAsUnread(unread(layer, "policies.resourceControl", unreadReason(evidence)));
  }
  if (evidence.value.length === 0) return notApplicable(layer);

  const levels = evidence.value.map((target, level) => {
    const path = `policies.resourceControl[${level}]`;
    const found = matchDocuments(judging, target.policies, (index) => `${path}.policies[${index}]`, true);
    if (target.unreadable !== undefined) found.damage.push({ path, reason: `${target.id}: ${target.unreadable}` });
    return judgeDocuments(layer, found, target.id);
  });
  return countsAsUnread({
    ...blank(layer),
    denies: or(...levels.map(({ denies }) => denies)),
    allows: "true",
    denyDependsOn: unique(levels.flatMap(({ denyDependsOn }) => denyDependsOn)),
    denying: levels.flatMap(({ denying }) => denying),
    statements: levels.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Deny")),
    unread: levels.some((level) => level.unread),
    note: unique(levels.map(({ note }) => note).filter((note) => note !== "")).join("; "),
  });
}
