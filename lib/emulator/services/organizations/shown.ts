import type { Output } from "../../Call.js";
import { organizationPath, organizationPolicyArn } from "../../organizations.js";
import type { World, WorldOrganization, WorldOrganizationPolicy, WorldTarget } from "../../World.js";

export function shownOrganization({ partition }: World, organization: WorldOrganization): Output {
  const { id, managementAccountId } = organization;
  return {
    Id: id,
    Arn: `arn:${partition}:organizations::${managementAccountId}:organization/${id}`,
    FeatureSet: "ALL",
    MasterAccountArn: `arn:${partition}:organizations::${managementAccountId}:account/${id}/${managementAccountId}`,
    MasterAccountId: managementAccountId,
    MasterAccountEmail: `${managementAccountId}@example.com`,
    AvailablePolicyTypes: shownPolicyTypes(organization),
  };
}

function shownPolicyTypes({ policyTypes: { serviceControl, resourceControl } }: WorldOrganization): Output[] {
  return [
    ...(serviceControl ? [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }] : []),
    ...(resourceControl ? [{ Type: "RESOURCE_CONTROL_POLICY", Status: "ENABLED" }] : []),
  ];
}

export function shownRoot(world: World, organization: WorldOrganization, { id, name }: WorldTarget): Output {
  return {
    Id: id,
    Arn: targetArn(world, organization, id, "root"),
    Name: name ?? "Root",
    PolicyTypes: shownPolicyTypes(organization),
  };
}

export function shownUnit(world: World, organization: WorldOrganization, { id, name }: WorldTarget): Output {
  return { Id: id, Arn: targetArn(world, organization, id, "ou"), Name: name ?? id };
}

export function shownAccount(world: World, organization: WorldOrganization, { id, name, email }: WorldTarget): Output {
  return {
    Id: id,
    Arn: targetArn(world, organization, id, "account"),
    Email: email ?? `${id}@example.com`,
    Name: name ?? id,
    Status: "ACTIVE",
    State: "ACTIVE",
    Paths: [`${organizationPath(organization, id)}${id}/`],
    JoinedMethod: "CREATED",
    JoinedTimestamp: new Date("2026-01-01T00:00:00Z"),
  };
}

function targetArn({ partition }: World, organization: WorldOrganization, id: string, type: string): string {
  return `arn:${partition}:organizations::${organization.managementAccountId}:${type}/${organization.id}/${id}`;
}

export function policySummary(world: World, organization: WorldOrganization, policy: WorldOrganizationPolicy): Output {
  return {
    Id: policy.id,
    Arn: organizationPolicyArn(world, organization, policy),
    Name: policy.name,
    Description: policy.description ?? "",
    Type: policy.type,
    AwsManaged: isAwsManaged(policy.id),
  };
}

export function isAwsManaged(policyId: string): boolean {
  return policyId === "p-FullAWSAccess" || policyId === "p-RCPFullAWSAccess";
}
