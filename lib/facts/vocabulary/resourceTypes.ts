/**
 * First segments of an ARN's resource, and of `attachedTo`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export const resourceTypes: ReadonlySet<string> = new Set([
  "account",
  "alias",
  "assumed-role",
  "backup-vault",
  "federated-user",
  "group",
  "instance-profile",
  "key",
  "mfa",
  "oidc-provider",
  "organization",
  "ou",
  "policy",
  "role",
  "root",
  "saml-provider",
  "user",
]);

/**
 * Segments further on that AWS fixes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
export const resourceSegments: ReadonlySet<string> = new Set([
  "aws-reserved",
  "aws-service-role",
  "job-function",
  "resource_control_policy",
  "service-role",
  "service_control_policy",
]);
