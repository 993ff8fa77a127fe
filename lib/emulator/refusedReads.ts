import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { OrganizationTarget, Snapshot } from "../snapshot/Snapshot.js";
import type { WorldRefusedRead } from "./World.js";

/** The name of the boundary that stands for one that could not be read. */
export const unreadBoundary = "unread-boundary";

/** The reads that a snapshot's collector was refused, or did not make, so that a collector meets the same here. */
export function refusedReads(snapshot: Snapshot): WorldRefusedRead[] {
  const { caller, policies, key, organization } = snapshot;
  const refused: WorldRefusedRead[] = [];
  const refuse = (evidence: Evidence<unknown> | undefined, ...operations: string[]) => {
    if (evidence === undefined || !isUnread(evidence)) return;
    refused.push(...operations.map((operation) => ({ operation })));
  };

  const kind = parseCallerArn(caller.principalArn)?.kind === "user" ? "User" : "Role";
  refuse(caller.tags, `iam:Get${kind}`);
  refuse(policies.identity, `iam:List${kind}Policies`, `iam:ListAttached${kind}Policies`);
  if (kind === "User") refuse(policies.identity, "iam:ListGroupsForUser");

  const { partition, accountId } = snapshot.request;
  if (isUnread(policies.permissionsBoundary)) {
    const input = { PolicyArn: `arn:${partition}:iam::${accountId}:policy/${unreadBoundary}` };
    refused.push({ operation: "iam:GetPolicy", input }, { operation: "iam:GetPolicyVersion", input });
  }
  refuse(organization, "organizations:DescribeOrganization");
  if (organization.status === "read" && organization.value.path === null) {
    refused.push({ operation: "organizations:DescribeAccount" }, { operation: "organizations:ListParents" });
  }
  refused.push(...refusedTargets(policies.serviceControl, "SERVICE_CONTROL_POLICY"));
  refused.push(...refusedTargets(policies.resourceControl, "RESOURCE_CONTROL_POLICY"));

  refuse(key, "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants", "kms:ListAliases", "kms:ListResourceTags");
  if (key.status === "read") {
    const { manager, state, policy, grants, aliases, tags } = key.value;
    if (manager === null && state === null) refused.push({ operation: "kms:DescribeKey" });
    refuse(policy, "kms:GetKeyPolicy");
    refuse(grants, "kms:ListGrants");
    refuse(aliases ?? { status: "notRead" }, "kms:ListAliases");
    refuse(tags ?? { status: "notRead" }, "kms:ListResourceTags");
  }
  return refused;
}

export function isUnread({ status }: Evidence<unknown>): boolean {
  return status === "unreadable" || status === "notRead";
}

function refusedTargets(evidence: Evidence<OrganizationTarget[]>, filter: string): WorldRefusedRead[] {
  const operation = "organizations:ListPoliciesForTarget";
  if (isUnread(evidence)) return [{ operation, input: { Filter: filter } }];
  if (evidence.status !== "read") return [];
  return evidence.value
    .filter(({ unreadable }) => unreadable !== undefined)
    .map(({ id }) => ({ operation, input: { Filter: filter, TargetId: id } }));
}
