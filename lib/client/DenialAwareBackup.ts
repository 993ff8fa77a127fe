/* oxlint-disable typescript/no-unsafe-declaration-merging */
import { Backup } from "@aws-sdk/client-backup";
import { DenialAwareBackupClient } from "./DenialAwareBackupClient.js";

/**
 * The SDK's aggregated client, a method for each operation, whose refused createBackupVault says which policy layer blocks.
 *
 * @example
 * const backup = new DenialAwareBackup({ region: "eu-west-1" });
 * await backup.createBackupVault({ BackupVaultName: "prod-vault" });
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods are put on the prototype below
export class DenialAwareBackup extends DenialAwareBackupClient {}

export interface DenialAwareBackup extends Backup {}

// The SDK does the same with its own client: the methods need nothing but `send`.
for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(Backup.prototype))) {
  if (name !== "constructor") Object.defineProperty(DenialAwareBackup.prototype, name, method);
}
