/**
 * The seven actions that CreateBackupVault needs, in the order of AWS's own checklist.
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
