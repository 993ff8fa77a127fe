import type { Call, Operation } from "../Call.js";
import { documentText } from "../documentText.js";
import { requiredText } from "../input.js";
import { tokenPage } from "../limitedPage.js";
import { organizationOf, organizationPath, organizationPolicy, organizationPolicyArn } from "../organizations.js";
import { requireAllowed } from "../requireAllowed.js";
import { ServiceError } from "../ServiceError.js";
import type { WorldOrganization, WorldOrganizationPolicy, WorldTarget } from "../World.js";

function ownOrganization({ state, session }: Call): WorldOrganization {
  const organization = organizationOf(state.world, session.accountId);
  if (organization !== null) return organization;
  throw new ServiceError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
}

/** Everything but DescribeOrganization is for the management account and delegated administrators. */
function administered(call: Call): WorldOrganization[] {
  const { session, state } = call;
  if (session.isAuditor) {
    // The auditor may look into every organization of the world, its own first.
    const own = organizationOf(state.world, session.accountId);
    return state.world.organizations.toSorted((a, b) => Number(b === own) - Number(a === own));
  }
  const organization = ownOrganization(call);
  const { managementAccountId, delegatedAdministrators } = organization;
  if (session.accountId !== managementAccountId && !delegatedAdministrators.includes(session.accountId)) {
    throw new ServiceError("AccessDeniedException", "You don't have permissions to access this resource.");
  }
  requireAllowed(call, {
    action: `organizations:${call.operation}`,
    resource: "*",
    resourceAccount: managementAccountId,
  });
  return [organization];
}

function requireInUse(call: Call): void {
  if (call.session.isAuditor && call.state.world.organizations.length > 0) return;
  ownOrganization(call);
}

const DescribeOrganization: Operation = (call) => {
  const organization = ownOrganization(call);
  requireAllowed(call, {
    action: "organizations:DescribeOrganization",
    resource: "*",
    resourceAccount: organization.managementAccountId,
  });
  const { id, managementAccountId } = organization;
  return {
    Organization: {
      Id: id,
      Arn: `arn:aws:organizations::${managementAccountId}:organization/${id}`,
      FeatureSet: "ALL",
      MasterAccountArn: `arn:aws:organizations::${managementAccountId}:account/${id}/${managementAccountId}`,
      MasterAccountId: managementAccountId,
      MasterAccountEmail: `${managementAccountId}@example.com`,
      AvailablePolicyTypes: policyTypes(organization),
    },
  };
};

function policyTypes({ policyTypes: { serviceControl, resourceControl } }: WorldOrganization) {
  return [
    ...(serviceControl ? [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }] : []),
    ...(resourceControl ? [{ Type: "RESOURCE_CONTROL_POLICY", Status: "ENABLED" }] : []),
  ];
}

const ListRoots: Operation = (call) => {
  requireInUse(call);
  const [organization] = administered(call);
  const roots = organization?.targets.filter(({ type }) => type === "ROOT") ?? [];
  return {
    Roots: roots.map(({ id, name }) => ({
      Id: id,
      Arn: `arn:aws:organizations::${organization?.managementAccountId}:root/${organization?.id}/${id}`,
      Name: name ?? "Root",
      PolicyTypes: organization === undefined ? [] : policyTypes(organization),
    })),
  };
};

function target(
  call: Call,
  id: string,
  missing: string,
  message: string,
): { organization: WorldOrganization; target: WorldTarget } {
  requireInUse(call);
  for (const organization of administered(call)) {
    const found = organization.targets.find((one) => one.id === id);
    if (found !== undefined) return { organization, target: found };
  }
  throw new ServiceError(missing, message);
}

const ListParents: Operation = (call) => {
  const id = requiredText(call.input, "ChildId", "InvalidInputException");
  const { organization, target: child } = target(
    call,
    id,
    "ChildNotFoundException",
    "You specified an organizational unit (OU) or account that doesn't exist.",
  );
  const parent = organization.targets.find((one) => one.id === child.parentId);
  return { Parents: parent === undefined ? [] : [{ Id: parent.id, Type: parent.type }] };
};

const DescribeAccount: Operation = (call) => {
  const id = requiredText(call.input, "AccountId", "InvalidInputException");
  const { organization, target: account } = target(
    call,
    id,
    "AccountNotFoundException",
    "You specified an account that doesn't exist.",
  );
  return { Account: shownAccount(organization, account) };
};

function shownAccount(organization: WorldOrganization, { id, name }: WorldTarget): Record<string, unknown> {
  return {
    Id: id,
    Arn: `arn:aws:organizations::${organization.managementAccountId}:account/${organization.id}/${id}`,
    Email: `${id}@example.com`,
    Name: name ?? id,
    Status: "ACTIVE",
    State: "ACTIVE",
    Paths: [`${organizationPath(organization, id)}${id}/`],
    JoinedMethod: "CREATED",
    JoinedTimestamp: new Date("2026-01-01T00:00:00Z"),
  };
}

const DescribeOrganizationalUnit: Operation = (call) => {
  const id = requiredText(call.input, "OrganizationalUnitId", "InvalidInputException");
  const { organization, target: unit } = target(
    call,
    id,
    "OrganizationalUnitNotFoundException",
    "You specified an organizational unit that doesn't exist.",
  );
  return {
    OrganizationalUnit: {
      Id: unit.id,
      Arn: `arn:aws:organizations::${organization.managementAccountId}:ou/${organization.id}/${unit.id}`,
      Name: unit.name ?? unit.id,
    },
  };
};

const ListPoliciesForTarget: Operation = (call) => {
  const id = requiredText(call.input, "TargetId", "InvalidInputException");
  const filter = requiredText(call.input, "Filter", "InvalidInputException");
  const { organization, target: found } = target(
    call,
    id,
    "TargetNotFoundException",
    "You specified a target that doesn't exist.",
  );
  const policies = found.policies.flatMap((policyId) => {
    const policy = organizationPolicy(organization, policyId);
    return policy !== null && policy.type === filter ? [policy] : [];
  });
  const { items, ...rest } = tokenPage(call, policies, 20);
  return { Policies: items.map((policy) => summary(organization, policy)), ...rest };
};

function summary(organization: WorldOrganization, policy: WorldOrganizationPolicy): Record<string, unknown> {
  return {
    Id: policy.id,
    Arn: organizationPolicyArn(organization, policy),
    Name: policy.name,
    Description: policy.description ?? "",
    Type: policy.type,
    AwsManaged: policy.id === "p-FullAWSAccess" || policy.id === "p-RCPFullAWSAccess",
  };
}

const DescribePolicy: Operation = (call) => {
  const id = requiredText(call.input, "PolicyId", "InvalidInputException");
  requireInUse(call);
  for (const organization of administered(call)) {
    const policy = organizationPolicy(organization, id);
    if (policy === null) continue;
    const text = documentText(policy.document);
    if (text === null) {
      throw new ServiceError("AccessDeniedException", "The emulator's world refuses this document to readers.");
    }
    return { Policy: { PolicySummary: summary(organization, policy), Content: text } };
  }
  throw new ServiceError("PolicyNotFoundException", "You specified a policy that doesn't exist.");
};

export const organizations: Record<string, Operation> = {
  DescribeOrganization,
  DescribeAccount,
  DescribeOrganizationalUnit,
  ListRoots,
  ListParents,
  ListPoliciesForTarget,
  DescribePolicy,
};
