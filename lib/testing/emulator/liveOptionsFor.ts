import { BackupClient } from "@aws-sdk/client-backup";
import type { LiveOptions } from "../../client/LiveOptions.js";
import type { Emulator } from "../../emulator/index.js";
import { evidenceFrom } from "./evidenceFrom.js";

/**
 * Options with which checkBackupVaultAccess, explainDenial, collectSnapshot and describeVaultAccess ask an emulator.
 *
 * @param principal as whom. Default: the world's caller
 * @example
 * const diagnosis = await checkBackupVaultAccess({ backupVaultName: "prod-vault" }, liveOptionsFor(emulator));
 */
export function liveOptionsFor(emulator: Emulator, principal?: string): LiveOptions {
  return { client: new BackupClient(emulator.clientConfig(principal)), evidence: evidenceFrom(emulator), share: false };
}
