import type { OrganizationTarget, Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { documentsOf } from "./documentsOf.js";
import type { Filling } from "./Filling.js";
import type { KeyAskedFor } from "./keyAskedFor.js";
import { known } from "./known.js";
import { policiesSay, type Say } from "./policiesSay.js";
import type { Question } from "./Question.js";

/**
 * Service control policies: an Allow is needed at every level from the root down to the account; a Deny at any level denies.
 * They bind every principal of a member account, its root user too, but neither the management account nor service-linked
 * roles.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function serviceControlSays(snapshot: Snapshot, question: Question, filling: Filling): Say {
  const organization = known(snapshot.organization, filling.organization);
  const isUnbound =
    snapshot.organization.status === "none" ||
    organization?.managementAccountId === snapshot.request.accountId ||
    isServiceLinked(snapshot);
  if (isUnbound) return "allow";
  const levels = levelsSay(known(snapshot.policies.serviceControl, filling.serviceControl) ?? [], question, filling);
  if (levels.includes("deny")) return "deny";
  return levels.every((level) => level === "allow") ? "allow" : "silence";
}

/**
 * Resource control policies, of the account that owns the key: they only deny (RCPFullAWSAccess is always there). They bind
 * neither kms:RetireGrant, nor AWS managed keys, nor keys of the management account, nor calls of service-linked roles.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function resourceControlSays(snapshot: Snapshot, key: KeyAskedFor, question: Question, filling: Filling): Say {
  const isCovered = question.action.startsWith("kms:") && question.action !== "kms:RetireGrant";
  const isOfMember = key.ownerHasOrganization && key.organization?.managementAccountId !== key.accountId;
  if (!isCovered || !isOfMember || key.isManagedByAws || isServiceLinked(snapshot)) return "allow";
  const targets = known(snapshot.policies.resourceControl, filling.resourceControl) ?? [];
  return levelsSay(targets, question, {}).includes("deny") ? "deny" : "allow";
}

function levelsSay(targets: OrganizationTarget[], question: Question, filling: Filling): Say[] {
  return targets.map(({ policies, unreadable }) => {
    const all: Policy[] = unreadable === undefined ? policies : [...policies, { name: "unread", document: null }];
    return policiesSay(documentsOf(all, filling), question);
  });
}

function isServiceLinked({ caller: { principalArn } }: Snapshot): boolean {
  return principalArn.includes(":role/aws-service-role/");
}
