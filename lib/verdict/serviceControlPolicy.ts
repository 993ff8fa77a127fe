import { isServiceLinkedRole } from "../caller/isServiceLinkedRole.js";
import type { Judging } from "./Judging.js";
import { judgeDocuments, matchDocuments } from "./judgeDocuments.js";
import { and, or } from "./kleene.js";
import { blank, type LayerJudgement, notApplicable, unique, unread } from "./LayerJudgement.js";
import { unreadReason } from "./unreadReason.js";

const layer = "service-control-policy";

/**
 * The service control policies of the caller's account: every level, from the root to the account, must allow. They
 * touch neither the management account nor service-linked roles.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_auth.html
 */
export function serviceControlPolicy(judging: Judging): LayerJudgement {
  const { organization, policies, caller, request } = judging.snapshot;
  const evidence = policies.serviceControl;
  if (organization.status === "none" || evidence.status === "none" || isServiceLinkedRole(caller)) {
    return notApplicable(layer);
  }
  if (organization.status === "read" && organization.value.managementAccountId === request.accountId) {
    return notApplicable(layer);
  }
  if (evidence.status !== "read") return unread(layer, "policies.serviceControl", unreadReason(evidence));
  // An empty list: service control policies are not enabled in the organization.
  if (evidence.value.length === 0) return notApplicable(layer);

  const levels = evidence.value.map((target, level) => {
    const path = `policies.serviceControl[${level}]`;
    const found = matchDocuments(judging, target.policies, (index) => `${path}.policies[${index}]`, false);
    if (target.unreadable !== undefined) found.damage.push({ path, reason: `${target.id}: ${target.unreadable}` });
    return {
      ...judgeDocuments(layer, found, target.id),
      silent: [{ policy: null, statement: null, target: target.id, note: target.name ?? "" }],
    };
  });
  return {
    ...blank(layer),
    denies: or(...levels.map(({ denies }) => denies)),
    allows: and(...levels.map(({ allows }) => allows)),
    denyDependsOn: unique(levels.flatMap(({ denyDependsOn }) => denyDependsOn)),
    allowDependsOn: unique(
      levels.filter(({ allows }) => allows === "unknown").flatMap(({ allowDependsOn }) => allowDependsOn),
    ),
    denying: levels.flatMap(({ denying }) => denying),
    silent: levels.filter(({ allows }) => allows === "false").flatMap(({ silent }) => silent),
    statements: levels.flatMap(({ statements }) => statements),
    unread: levels.some((level) => level.unread),
    note: unique(levels.map(({ note }) => note).filter((note) => note !== "")).join("; "),
  };
}
