/** What CreateBackupVault needs, in the order in which AWS documents it. */
export const requestedActions = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:DescribeKey",
  "kms:RetireGrant",
  "kms:Decrypt",
  "kms:GenerateDataKey",
] as const;

export type RequestedAction = (typeof requestedActions)[number];
