import type { WorldRefusedRead } from "../emulator/World.js";
import { parsePrincipalArn } from "../facts/arn.js";
import { parsePolicy } from "../policy/parsePolicy.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Key, OrganizationTarget, Policy, Snapshot } from "../snapshot/Snapshot.js";

/** The name of the boundary that stands for one that could not be read. */
export const unreadBoundary = "unread-boundary";

/**
 * The reads that a snapshot's collector was refused, or did not make, so that a collector meets the same here. Where
 * identity, boundary or service control policies are not known, the simulator is refused too: it would answer as if
 * there were none.
 */
export function refusedReads(snapshot: Snapshot): WorldRefusedRead[] {
  const { caller, policies, key, organization } = snapshot;
  const refused: WorldRefusedRead[] = [];
  const refuse = (evidence: Evidence<unknown> | undefined, ...operations: string[]) => {
    if (evidence === undefined || !isUnread(evidence)) return;
    refused.push(...operations.map((operation) => ({ operation })));
  };

  const parsed = parsePrincipalArn(caller.principalArn);
  const kind = parsed?.kind === "user" ? "User" : "Role";
  if (isPrincipalRefused(snapshot)) refused.push({ operation: `iam:Get${kind}` });
  refuse(policies.identity, `iam:List${kind}Policies`, `iam:ListAttached${kind}Policies`);
  if (kind === "User") refuse(policies.identity, "iam:ListGroupsForUser");
  if (caller.userId === undefined) {
    refused.push({ operation: "sts:GetCallerIdentity", without: ["UserId"] });
    refused.push({ operation: `iam:Get${kind}`, without: [`${kind}.${kind}Id`] });
  }

  const { partition, accountId } = snapshot.request;
  if (isUnread(policies.permissionsBoundary)) {
    const input = { PolicyArn: `arn:${partition}:iam::${accountId}:policy/${unreadBoundary}` };
    refused.push({ operation: "iam:GetPolicy", input }, { operation: "iam:GetPolicyVersion", input });
  }
  if (isSimulatorBlind(snapshot)) refused.push({ operation: "iam:SimulatePrincipalPolicy" });

  refuse(organization, "organizations:DescribeOrganization");
  if (organization.status === "read" && organization.value.path === null) {
    refused.push({ operation: "organizations:DescribeAccount" }, { operation: "organizations:ListParents" });
  }
  refused.push(...refusedTargets(policies.serviceControl, "SERVICE_CONTROL_POLICY"));
  refused.push(...refusedTargets(policies.resourceControl, "RESOURCE_CONTROL_POLICY"));

  refuse(key, "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants", "kms:ListAliases", "kms:ListResourceTags");
  if (key.status === "read") {
    const { policy, grants, aliases, tags } = key.value;
    refused.push(...untoldMetadata(key.value));
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

/**
 * Whether GetRole or GetUser, which tell tags and boundary together, are refused: where neither is known, and where
 * only one is, if what the policies ask for is the unknown one. Else the known one is told, and nobody asks for the
 * other.
 */
export function isPrincipalRefused({ caller, policies, key }: Snapshot): boolean {
  const isBoundaryUnread = isUnread(policies.permissionsBoundary);
  if (isUnread(caller.tags) && isBoundaryUnread) return true;
  const written = JSON.stringify([policies, key]);
  const asksForTags = /principaltag/i.test(written);
  if (isUnread(caller.tags)) return asksForTags;
  // NotPrincipal asks whether there is a boundary (specification, section 4.5).
  return isBoundaryUnread && !asksForTags && /NotPrincipal/.test(written);
}

/** Whether something that may refuse the request is not known, session and endpoint policies apart. */
export function isPartlyUnknown(snapshot: Snapshot): boolean {
  const { key } = snapshot;
  return isSimulatorBlind(snapshot) || isUnread(key) || (key.status === "read" && isUnread(key.value.policy));
}

function isSimulatorBlind({ policies }: Snapshot): boolean {
  const { identity, permissionsBoundary, serviceControl } = policies;
  if ([identity, permissionsBoundary, serviceControl].some(isUnread)) return true;
  const targets = serviceControl.status === "read" ? serviceControl.value : [];
  const read: Policy[] = [
    ...(identity.status === "read" ? identity.value : []),
    ...(permissionsBoundary.status === "read" ? [permissionsBoundary.value] : []),
    ...targets.flatMap((target) => target.policies),
  ];
  return (
    targets.some(({ unreadable }) => unreadable !== undefined) ||
    read.some(({ document }) => parsePolicy(document).damage.length > 0)
  );
}

/** What DescribeKey leaves out: everything, or the members that the snapshot does not hold. */
function untoldMetadata(key: Key): WorldRefusedRead[] {
  const members: [unknown, string][] = [
    [key.manager ?? undefined, "KeyManager"],
    [key.state ?? undefined, "KeyState"],
    [key.keySpec, "KeySpec"],
    [key.keySpec, "CustomerMasterKeySpec"],
    [key.keyUsage, "KeyUsage"],
    [key.origin, "Origin"],
    [key.multiRegion, "MultiRegion"],
    [key.multiRegionKeyType, "MultiRegionConfiguration"],
  ];
  const operation = "kms:DescribeKey";
  if (members.every(([value]) => value === undefined)) return [{ operation }];
  const without = members.flatMap(([value, member]) => (value === undefined ? [`KeyMetadata.${member}`] : []));
  return without.length === 0 ? [] : [{ operation, without }];
}

function refusedTargets(evidence: Evidence<OrganizationTarget[]>, filter: string): WorldRefusedRead[] {
  const operation = "organizations:ListPoliciesForTarget";
  if (isUnread(evidence)) return [{ operation, input: { Filter: filter } }];
  if (evidence.status !== "read") return [];
  return evidence.value
    .filter(({ unreadable }) => unreadable !== undefined)
    .map(({ id }) => ({ operation, input: { Filter: filter, TargetId: id } }));
}
