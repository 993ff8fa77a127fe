/** How long a policy of a kind may be, and whether blanks count. */
export interface PolicySize {
  /** In `unit`s. */
  most: number;
  /** Bytes are those of UTF-8. */
  unit: "characters" | "bytes";
  blanksCount: boolean;
  /** As a person says it. */
  what: string;
}

/**
 * Quotas of IAM: blanks do not count; inline policies of one user, group or role count together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const iamSizes = {
  managed: { most: 6_144, unit: "characters", blanksCount: false, what: "a managed policy" },
  user: { most: 2_048, unit: "characters", blanksCount: false, what: "all inline policies of a user" },
  group: { most: 5_120, unit: "characters", blanksCount: false, what: "all inline policies of a group" },
  role: { most: 10_240, unit: "characters", blanksCount: false, what: "all inline policies of a role" },
  trust: { most: 2_048, unit: "characters", blanksCount: false, what: "a role's trust policy" },
  /** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (Policy) */
  session: { most: 2_048, unit: "characters", blanksCount: true, what: "an inline session policy" },
} as const satisfies Record<string, PolicySize>;

/**
 * Quotas of the other services. Service control policies had 5,120 characters before 2026-05-15; resource control
 * policies still have.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html#key-policy-limit
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-endpoints
 */
export const serviceSizes = {
  "service-control-policy": { most: 10_240, unit: "characters", blanksCount: true, what: "a service control policy" },
  "resource-control-policy": { most: 5_120, unit: "characters", blanksCount: true, what: "a resource control policy" },
  "key-policy": { most: 32_768, unit: "bytes", blanksCount: true, what: "a key policy" },
  "vpc-endpoint-policy": { most: 20_480, unit: "characters", blanksCount: true, what: "a VPC endpoint policy" },
} as const satisfies Record<string, PolicySize>;
