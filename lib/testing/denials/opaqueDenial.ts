import type { BackupServiceException } from "@aws-sdk/client-backup";
import { accessDenied } from "./accessDenied.js";

/**
 * The refusal for want of backup-storage:MountCapsule or of one of the KMS actions: it names neither action nor layer.
 *
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 * @example
 * mockClient(BackupClient).on(CreateBackupVaultCommand).rejects(opaqueDenial());
 */
export function opaqueDenial(): BackupServiceException {
  return accessDenied(
    "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.",
  );
}
