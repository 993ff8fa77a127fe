/** One read that the tool makes: the permission it needs and what stays unknown without it. */
export interface RequiredRead {
  action: string;
  /** The policy Resource that it needs, given the partition, the account and the key. */
  resource: (place: ReaderPlace) => string;
  /** The layer, or other evidence, that it tells of. */
  informs: string;
}

export interface ReaderPlace {
  partition: string;
  accountId: string;
  /** Left out: every key of the account. */
  keyArn?: string | null;
}

const anything = () => "*";
const principals = ({ partition, accountId }: ReaderPlace) => `arn:${partition}:iam::${accountId}:*`;
const key = ({ partition, accountId, keyArn }: ReaderPlace) => keyArn ?? `arn:${partition}:kms:*:${accountId}:key/*`;

/**
 * Every read that the tool makes, in one table: the collectors explain refusals by it, and the tool's least policy is made
 * from it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const requiredReads: readonly RequiredRead[] = [
  { action: "iam:GetRole", resource: principals, informs: "the role's path, tags and permissions-boundary" },
  { action: "iam:ListAttachedRolePolicies", resource: principals, informs: "identity-policy" },
  { action: "iam:ListRolePolicies", resource: principals, informs: "identity-policy" },
  { action: "iam:GetRolePolicy", resource: principals, informs: "identity-policy" },
  { action: "iam:GetUser", resource: principals, informs: "the user's tags and permissions-boundary" },
  { action: "iam:ListAttachedUserPolicies", resource: principals, informs: "identity-policy" },
  { action: "iam:ListUserPolicies", resource: principals, informs: "identity-policy" },
  { action: "iam:GetUserPolicy", resource: principals, informs: "identity-policy" },
  { action: "iam:ListGroupsForUser", resource: principals, informs: "identity-policy" },
  { action: "iam:ListAttachedGroupPolicies", resource: principals, informs: "identity-policy" },
  { action: "iam:ListGroupPolicies", resource: principals, informs: "identity-policy" },
  { action: "iam:GetGroupPolicy", resource: principals, informs: "identity-policy" },
  {
    action: "iam:GetPolicy",
    resource: ({ partition }) => `arn:${partition}:iam::*:policy/*`,
    informs: "identity-policy and permissions-boundary",
  },
  {
    action: "iam:GetPolicyVersion",
    resource: ({ partition }) => `arn:${partition}:iam::*:policy/*`,
    informs: "identity-policy and permissions-boundary",
  },
  {
    action: "iam:SimulatePrincipalPolicy",
    resource: principals,
    informs: "service-control-policy, permissions-boundary and identity-policy where they cannot be read",
  },
  { action: "kms:DescribeKey", resource: key, informs: "key-state" },
  { action: "kms:GetKeyPolicy", resource: key, informs: "key-policy" },
  { action: "kms:ListGrants", resource: key, informs: "key-policy (its grants)" },
  { action: "kms:ListAliases", resource: anything, informs: "conditions on kms:ResourceAliases" },
  { action: "kms:ListResourceTags", resource: key, informs: "conditions on aws:ResourceTag" },
  { action: "organizations:DescribeOrganization", resource: anything, informs: "service-control-policy" },
  {
    action: "organizations:DescribeAccount",
    resource: anything,
    informs: "service-control-policy and resource-control-policy",
  },
  {
    action: "organizations:ListParents",
    resource: anything,
    informs: "service-control-policy and resource-control-policy",
  },
  {
    action: "organizations:ListRoots",
    resource: anything,
    informs: "service-control-policy and resource-control-policy",
  },
  {
    action: "organizations:ListPoliciesForTarget",
    resource: anything,
    informs: "service-control-policy and resource-control-policy",
  },
  {
    action: "organizations:DescribePolicy",
    resource: anything,
    informs: "service-control-policy and resource-control-policy",
  },
];

/** What a refused call lacked, and what stays unknown for it; null for a call that is no read of the table. */
export function explainRead(call: string): string | null {
  const read = requiredReads.find(({ action }) => action === call);
  return read === undefined ? null : `needs ${call}, which tells ${read.informs}`;
}

/** The least policy that lets somebody read all the evidence. */
export function leastReaderPolicy(place: ReaderPlace): object {
  const byResource = new Map<string, string[]>();
  for (const { action, resource } of requiredReads) {
    const on = resource(place);
    byResource.set(on, [...(byResource.get(on) ?? []), action]);
  }
  return {
    Version: "2012-10-17",
    Statement: [...byResource].map(([resource, actions]) => ({ Effect: "Allow", Action: actions, Resource: resource })),
  };
}
