/*
 * The drop-in: everything of @aws-sdk/client-backup, with its two clients replaced. Names that are exported here go before
 * those of the star.
 */
export * from "@aws-sdk/client-backup";
export { DenialAwareBackup as Backup } from "./DenialAwareBackup.js";
export { DenialAwareBackupClient as BackupClient } from "./DenialAwareBackupClient.js";
