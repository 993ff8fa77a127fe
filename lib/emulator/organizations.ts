import type { LayerPolicy } from "./authorization/judge.js";
import { awsOrganizationPolicies } from "./awsManagedPolicies.js";
import type { World, WorldOrganization, WorldOrganizationPolicy, WorldTarget } from "./World.js";

/** Where things of organizations are found in a world. */

/** The organization that an account is a member (or the management account) of. */
export function organizationOf(world: World, accountId: string): WorldOrganization | null {
  return (
    world.organizations.find(
      ({ managementAccountId, targets }) =>
        managementAccountId === accountId || targets.some(({ type, id }) => type === "ACCOUNT" && id === accountId),
    ) ?? null
  );
}

/** The targets that hold an account, root first, the account last; empty where it is not in the tree. */
function targetsOf(organization: WorldOrganization, accountId: string): WorldTarget[] {
  const path: WorldTarget[] = [];
  let id: string | null = accountId;
  while (id !== null) {
    const wanted: string = id;
    const target = organization.targets.find((one) => one.id === wanted);
    // A tree that leads in a circle is no tree: it ends where it began.
    if (target === undefined || path.includes(target)) break;
    path.unshift(target);
    id = target.parentId;
  }
  return path;
}

/** As in aws:PrincipalOrgPaths: the organization, the root and the organizational units, with a slash at the end. */
export function organizationPath(organization: WorldOrganization, accountId: string): string {
  const units = targetsOf(organization, accountId).filter(({ type }) => type !== "ACCOUNT");
  return `${[organization.id, ...units.map(({ id }) => id)].join("/")}/`;
}

export function organizationPolicy(organization: WorldOrganization, id: string): WorldOrganizationPolicy | null {
  const own = organization.policies.find((policy) => policy.id === id);
  if (own !== undefined) return own;
  return (Object.hasOwn(awsOrganizationPolicies, id) && awsOrganizationPolicies[id]) || null;
}

export function organizationPolicyArn(
  { partition }: World,
  organization: WorldOrganization,
  policy: WorldOrganizationPolicy,
): string {
  if (policy.arn !== undefined) return policy.arn;
  const type = policy.type.toLowerCase();
  if (policy.id === "p-FullAWSAccess" || policy.id === "p-RCPFullAWSAccess") {
    return `arn:${partition}:organizations::aws:policy/${type}/${policy.id}`;
  }
  return `arn:${partition}:organizations::${organization.managementAccountId}:policy/${organization.id}/${type}/${policy.id}`;
}

/** The policies of one type that hold for an account, level by level, root first. */
export function policiesByLevel(
  world: World,
  organization: WorldOrganization,
  accountId: string,
  type: WorldOrganizationPolicy["type"],
): LayerPolicy[][] {
  return targetsOf(organization, accountId).map(({ policies }) =>
    policies.flatMap((id) => {
      const policy = organizationPolicy(organization, id);
      if (policy === null || policy.type !== type) return [];
      return [
        { name: policy.name, arn: organizationPolicyArn(world, organization, policy), document: policy.document },
      ];
    }),
  );
}
