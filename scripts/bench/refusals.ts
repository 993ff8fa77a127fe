import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { startEmulator } from "../../lib/emulator/index.js";
import { collectSnapshot, type Snapshot } from "../../lib/index.js";
import { demonstrationWorlds, keyArn, vaultName } from "../demonstration/worlds.js";

/** The demonstration's refusals as snapshots: collected from the emulator as an auditor, with the denial that was seen. */
export async function refusals(): Promise<Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for (const { world } of demonstrationWorlds) {
    const emulator = await startEmulator({ world });
    const client = new BackupClient(emulator.clientConfig());
    try {
      const { url, auditor } = emulator;
      const denial = await client
        .send(new CreateBackupVaultCommand({ BackupVaultName: vaultName, EncryptionKeyArn: keyArn }))
        .then(() => null)
        .catch(({ name, message }: Error) => ({ name, message }));
      if (denial === null) continue;
      const snapshot = await collectSnapshot(
        { backupVaultName: vaultName, encryptionKeyArn: keyArn, region: "us-west-2" },
        {
          credentials: emulator.clientConfig().credentials,
          evidence: { credentials: auditor, endpoints: { iam: url, sts: url, kms: url, organizations: url } },
        },
      );
      snapshots.push({ ...snapshot, denial });
    } finally {
      client.destroy();
      await emulator.stop();
    }
  }
  return snapshots;
}
