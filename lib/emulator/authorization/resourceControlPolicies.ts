import { arnOf } from "../arnOf.js";
import { organizationOf, policiesByLevel } from "../organizations.js";
import type { Session } from "../Session.js";
import type { World } from "../World.js";
import type { Authorization } from "./Authorization.js";
import { isServiceLinked } from "./isServiceLinked.js";
import type { LayerPolicy } from "./judge.js";

/**
 * The resource control policies that guard a key, or a role that is to be assumed. RCPFullAWSAccess is always in force, so that only denials matter.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function resourceControlPolicies(
  world: World,
  session: Pick<Session, "principalArn">,
  asked: Pick<Authorization, "key" | "trust" | "action">,
): LayerPolicy[] {
  const { key, trust, action } = asked;
  if (isServiceLinked(session) || action === "kms:RetireGrant" || key?.manager === "AWS") return [];
  const owner = trust?.owner ?? (key === undefined ? null : arnOf(key.arn).accountId);
  if (owner === null) return [];
  const organization = organizationOf(world, owner);
  if (organization === null || !organization.policyTypes.resourceControl) return [];
  if (organization.managementAccountId === owner) return [];
  return policiesByLevel(world, organization, owner, "RESOURCE_CONTROL_POLICY").flat();
}
