/** What a live check or explanation is asked about: the CreateBackupVault call that was, or would be, made. */
export interface VaultRequest {
  /** 2 to 50 letters, digits, hyphens or underscores. */
  backupVaultName: string;
  /** The key's ARN; left out: the AWS managed key, alias/aws/backup. */
  encryptionKeyArn?: string | undefined;
  backupVaultTags?: Record<string, string> | undefined;
  /** Whose rights are in question: an IAM user or role ARN. Left out: the caller itself. */
  principalArn?: string | undefined;
  /** Left out: the Region of the client or of the environment. */
  region?: string | undefined;
}
