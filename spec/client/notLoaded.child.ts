import { subscribe } from "node:diagnostics_channel";
import { BackupClient } from "@aws-sdk/client-backup";
import { createBackupVault } from "../../lib/client/client-backup.js";
import type { DiagnosisEvent } from "../../lib/client/diagnosisEvent.js";

// Creates a vault that AWS refuses twice, and prints what was thrown, what `onFailure` was told and what was published.
const told: string[] = [];
const published: unknown[] = [];
subscribe("backup-vault-access:diagnosis", (event) => {
  const one = event as DiagnosisEvent;
  const { type, id, subject } = one;
  published.push([type, id, subject.backupVaultName, ...(type === "failed" ? [String(one.error as Error)] : [])]);
});
const client = new BackupClient({
  region: "us-west-2",
  endpoint: process.env.ENDPOINT ?? "",
  credentials: JSON.parse(process.env.CREDENTIALS ?? "{}") as { accessKeyId: string; secretAccessKey: string },
});
const options = { onFailure: (error: unknown) => told.push(String(error)) };
const thrown: unknown[] = [];
for (const BackupVaultName of ["prod-vault", "test-vault"]) {
  thrown.push(await createBackupVault(client, { BackupVaultName }, options).catch(({ name }: Error) => name));
}
process.stdout.write(JSON.stringify({ thrown, told, published }));
