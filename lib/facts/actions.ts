/**
 * The seven actions that CreateBackupVault needs, in the order of AWS's own checklist (aws-behaviour, seven-actions).
 *
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 */
export const requiredActions = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:DescribeKey",
  "kms:RetireGrant",
  "kms:Decrypt",
  "kms:GenerateDataKey",
] as const;

/** One of the seven actions that CreateBackupVault needs. */
export type RequiredAction = (typeof requiredActions)[number];

/**
 * Asked of the caller where tags are given: CloudFormation's handler of the vault lists it (aws-behaviour,
 * vault-tags-unproven).
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 */
export const tagAction = "backup:TagResource";

/**
 * AWS documents these as required, and published cases show vaults that were created without them; tagging at creation
 * is checked in some cases and not in others. A blocker of these alone is only probable (aws-behaviour,
 * seven-as-enforced).
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html (API permissions)
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupFullAccess.html (without them)
 */
export const unprovenActions: ReadonlySet<string> = new Set(["kms:Decrypt", "kms:GenerateDataKey", "kms:RetireGrant"]);

/**
 * How a required action is called: by the caller itself, or forwarded by AWS Backup for the caller, to its own storage
 * or to KMS.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export type CallKind = "own" | "storage" | "kms";

/** The way an action is called, told by its service prefix. */
export function callKind(action: string): CallKind {
  const service = action.slice(0, action.indexOf(":")).toLowerCase();
  if (service === "kms") return "kms";
  return service === "backup-storage" ? "storage" : "own";
}
