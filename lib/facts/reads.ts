/** Where a read's permission must hold. */
export type ReadScope = "principals" | "policies" | "key" | "anything";

/** One read that the tool makes: what it needs and what it tells. The name is the permission, as iam:GetRole. */
export interface ReadFact {
  scope: ReadScope;
  /** The layers that it tells of. */
  layers: readonly string[];
  /** What else, or what exactly, it tells. */
  tells?: string;
  /** Of a listing: the member of its items, that of the next page's marker, and that which says whether there is one. */
  pages?: { items: string; marker: string; next: string; more?: string };
  /** Errors that are answers, as that there is no such key: nothing failed, and nothing was refused. */
  answers?: readonly string[];
  /** Made only where it was asked for. */
  onDemand?: true;
  /** Needs no permission: everybody may. */
  isFree?: true;
  source: string;
}

const iam = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_";
const kms = "https://docs.aws.amazon.com/kms/latest/APIReference/API_";
const organizations = "https://docs.aws.amazon.com/organizations/latest/APIReference/API_";

const iamPages = <Items extends string>(items: Items) => ({
  items,
  marker: "Marker",
  next: "Marker",
  more: "IsTruncated",
});
const kmsPages = <Items extends string>(items: Items) => ({
  items,
  marker: "Marker",
  next: "NextMarker",
  more: "Truncated",
});
const tokenPages = <Items extends string>(items: Items) => ({ items, marker: "NextToken", next: "NextToken" });

// IAM's wire code, and the name that the SDK gives it.
const noSuchEntity = ["NoSuchEntity", "NoSuchEntityException"];
const noSuchKey = ["NotFoundException"];
const noOrganization = ["AWSOrganizationsNotInUseException"];

const identity = { scope: "principals", layers: ["identity-policy"], answers: noSuchEntity } as const;
const document = {
  scope: "policies",
  layers: ["identity-policy", "permissions-boundary"],
  answers: noSuchEntity,
} as const;
const ofOrganization = {
  scope: "anything",
  layers: ["service-control-policy", "resource-control-policy"],
  answers: noOrganization,
} as const;

/**
 * Every read of a diagnosis, in one table: the calls are made by it, refusals are explained by it, and the tool's least
 * policy and docs/permissions.md are made from it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const reads = {
  "sts:GetCallerIdentity": {
    scope: "anything",
    layers: [],
    tells: "who calls",
    isFree: true,
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
  },
  "iam:GetRole": {
    scope: "principals",
    layers: ["permissions-boundary"],
    tells: "the role's path and tags",
    answers: noSuchEntity,
    source: `${iam}GetRole.html`,
  },
  "iam:ListAttachedRolePolicies": {
    ...identity,
    pages: iamPages("AttachedPolicies"),
    source: `${iam}ListAttachedRolePolicies.html`,
  },
  "iam:ListRolePolicies": { ...identity, pages: iamPages("PolicyNames"), source: `${iam}ListRolePolicies.html` },
  "iam:GetRolePolicy": { ...identity, source: `${iam}GetRolePolicy.html` },
  "iam:GetUser": {
    scope: "principals",
    layers: ["permissions-boundary"],
    tells: "the user's tags",
    answers: noSuchEntity,
    source: `${iam}GetUser.html`,
  },
  "iam:ListAttachedUserPolicies": {
    ...identity,
    pages: iamPages("AttachedPolicies"),
    source: `${iam}ListAttachedUserPolicies.html`,
  },
  "iam:ListUserPolicies": { ...identity, pages: iamPages("PolicyNames"), source: `${iam}ListUserPolicies.html` },
  "iam:GetUserPolicy": { ...identity, source: `${iam}GetUserPolicy.html` },
  "iam:ListGroupsForUser": { ...identity, pages: iamPages("Groups"), source: `${iam}ListGroupsForUser.html` },
  "iam:ListAttachedGroupPolicies": {
    ...identity,
    pages: iamPages("AttachedPolicies"),
    source: `${iam}ListAttachedGroupPolicies.html`,
  },
  "iam:ListGroupPolicies": { ...identity, pages: iamPages("PolicyNames"), source: `${iam}ListGroupPolicies.html` },
  "iam:GetGroupPolicy": { ...identity, source: `${iam}GetGroupPolicy.html` },
  "iam:GetPolicy": { ...document, source: `${iam}GetPolicy.html` },
  "iam:GetPolicyVersion": { ...document, source: `${iam}GetPolicyVersion.html` },
  "iam:SimulatePrincipalPolicy": {
    scope: "principals",
    layers: ["service-control-policy", "permissions-boundary", "identity-policy"],
    tells: "what cannot be read of these",
    pages: iamPages("EvaluationResults"),
    answers: noSuchEntity,
    source: `${iam}SimulatePrincipalPolicy.html`,
  },
  "iam:SimulateCustomPolicy": {
    scope: "anything",
    layers: [],
    tells: "whether AWS, too, says that a proven fix removes its blocker",
    pages: iamPages("EvaluationResults"),
    onDemand: true,
    source: `${iam}SimulateCustomPolicy.html`,
  },
  "iam:GetAccountAuthorizationDetails": {
    scope: "anything",
    layers: ["identity-policy", "permissions-boundary"],
    tells: "every user, role, group and managed policy of an account",
    onDemand: true,
    source: `${iam}GetAccountAuthorizationDetails.html`,
  },
  "kms:DescribeKey": {
    scope: "key",
    layers: ["key-state"],
    answers: noSuchKey,
    source: `${kms}DescribeKey.html`,
  },
  "kms:GetKeyPolicy": {
    scope: "key",
    layers: ["key-policy"],
    answers: noSuchKey,
    source: `${kms}GetKeyPolicy.html`,
  },
  "kms:ListGrants": {
    scope: "key",
    layers: ["key-policy"],
    tells: "the key's grants",
    pages: kmsPages("Grants"),
    answers: noSuchKey,
    source: `${kms}ListGrants.html`,
  },
  "kms:ListAliases": {
    scope: "anything",
    layers: [],
    tells: "conditions on kms:ResourceAliases",
    pages: kmsPages("Aliases"),
    answers: noSuchKey,
    source: `${kms}ListAliases.html`,
  },
  "kms:ListResourceTags": {
    scope: "key",
    layers: [],
    tells: "conditions on aws:ResourceTag",
    pages: kmsPages("Tags"),
    answers: noSuchKey,
    source: `${kms}ListResourceTags.html`,
  },
  "organizations:DescribeOrganization": {
    scope: "anything",
    layers: ["service-control-policy"],
    tells: "conditions on aws:PrincipalOrgID",
    answers: noOrganization,
    source: `${organizations}DescribeOrganization.html`,
  },
  "organizations:DescribeAccount": {
    ...ofOrganization,
    // The account is of no organization, or of another one than the reader's.
    answers: [...noOrganization, "AccountNotFoundException"],
    source: `${organizations}DescribeAccount.html`,
  },
  "organizations:ListParents": {
    ...ofOrganization,
    pages: tokenPages("Parents"),
    answers: [...noOrganization, "ChildNotFoundException"],
    source: `${organizations}ListParents.html`,
  },
  "organizations:ListRoots": {
    ...ofOrganization,
    pages: tokenPages("Roots"),
    source: `${organizations}ListRoots.html`,
  },
  "organizations:ListPoliciesForTarget": {
    ...ofOrganization,
    pages: tokenPages("Policies"),
    answers: [...noOrganization, "TargetNotFoundException"],
    source: `${organizations}ListPoliciesForTarget.html`,
  },
  "organizations:DescribePolicy": {
    ...ofOrganization,
    answers: [...noOrganization, "PolicyNotFoundException"],
    source: `${organizations}DescribePolicy.html`,
  },
  "cloudtrail:LookupEvents": {
    scope: "anything",
    layers: [],
    tells: "which of the calls that AWS Backup forwards was refused, and by what",
    pages: tokenPages("Events"),
    onDemand: true,
    source: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html",
  },
} as const satisfies Readonly<Record<string, ReadFact>>;

/** The name of a read, which is the permission that it needs. */
export type ReadName = keyof typeof reads;
