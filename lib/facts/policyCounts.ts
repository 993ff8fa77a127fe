/**
 * How many policies can be attached to one: managed ones to a user, group or role unless its account's quota was raised;
 * service control policies to a root, organizational unit or account since May 2026 (five before).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html; aws-behaviour, scp-limits
 */
export const policyCounts = { managed: 10, serviceControl: 10 } as const;
