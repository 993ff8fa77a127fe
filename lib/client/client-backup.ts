/*
 * The drop-in: everything of @aws-sdk/client-backup, with its two clients replaced, and what an application needs beside them
 * on its way. Nothing here loads the diagnosis before a refusal, also where it is bundled. Names that are exported here go
 * before those of the star.
 */
export * from "@aws-sdk/client-backup";
export { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";
export { createBackupVault } from "./createBackupVault.js";
export { DenialAwareBackup as Backup } from "./DenialAwareBackup.js";
export { DenialAwareBackupClient as BackupClient } from "./DenialAwareBackupClient.js";
