import type { Call } from "../../Call.js";
import { organizationOf } from "../../organizations.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldOrganization, WorldTarget } from "../../World.js";

/** @throws ServiceError AWSOrganizationsNotInUseException */
export function ownOrganization({ state, session }: Call): WorldOrganization {
  const organization = organizationOf(state.world, session.accountId);
  if (organization !== null) return organization;
  throw new ServiceError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
}

/** Operations that delegated administrators may call, too: the reads. */
const reads = /^(Describe|List)/;

/**
 * The organizations that the caller may work on: its own, where it belongs to the management account (for reads, also
 * to a delegated administrator). The auditor may work on every organization of the world, its own first.
 *
 * @param resource the ARN that the caller's policies are asked about
 */
export function administered(call: Call, resource = "*"): WorldOrganization[] {
  const { session, state, operation } = call;
  if (session.isAuditor) {
    const own = organizationOf(state.world, session.accountId);
    const all = state.world.organizations.toSorted((a, b) => Number(b === own) - Number(a === own));
    if (all.length > 0) return all;
  }
  const organization = ownOrganization(call);
  const { managementAccountId, delegatedAdministrators } = organization;
  const isDelegated = reads.test(operation) && delegatedAdministrators.includes(session.accountId);
  if (session.accountId !== managementAccountId && !isDelegated) {
    throw new ServiceError("AccessDeniedException", "You don't have permissions to access this resource.");
  }
  requireAllowed(call, {
    action: `organizations:${operation}`,
    resource,
    resourceAccount: managementAccountId,
    context: requestTagContext(call),
  });
  return [organization];
}

/** The one organization that the caller administers and changes. */
export function administeredOne(call: Call, resource = "*"): WorldOrganization {
  const [organization] = administered(call, resource);
  if (organization === undefined) return ownOrganization(call);
  return organization;
}

/** Errors that say that something named does not exist. */
const missing = {
  child: ["ChildNotFoundException", "You specified an organizational unit (OU) or account that doesn't exist."],
  parent: ["ParentNotFoundException", "You specified a root or organizational unit (OU) that doesn't exist."],
  account: ["AccountNotFoundException", "You specified an account that doesn't exist."],
  organizationalUnit: [
    "OrganizationalUnitNotFoundException",
    "You specified an organizational unit that doesn't exist.",
  ],
  target: ["TargetNotFoundException", "You specified a target that doesn't exist."],
  policy: ["PolicyNotFoundException", "You specified a policy that doesn't exist."],
} as const;

export function missingError(what: keyof typeof missing): ServiceError {
  const [code, message] = missing[what];
  return new ServiceError(code, message);
}

/** A root, organizational unit or account of an organization that the caller may work on. */
export function administeredTarget(
  call: Call,
  id: string,
  what: keyof typeof missing,
): { organization: WorldOrganization; target: WorldTarget } {
  for (const organization of administered(call)) {
    const target = organization.targets.find((one) => one.id === id);
    if (target !== undefined) return { organization, target };
  }
  throw missingError(what);
}

/** The policies that everything in the tree gets when it is made. */
export function initialPolicies({ policyTypes: { serviceControl, resourceControl } }: WorldOrganization): string[] {
  return [...(serviceControl ? ["p-FullAWSAccess"] : []), ...(resourceControl ? ["p-RCPFullAWSAccess"] : [])];
}
