import { BackupClient } from "@aws-sdk/client-backup";
import { createBackupVault } from "../../lib/client/client-backup.js";

// Creates a vault that AWS refuses, and prints what was thrown and what `onFailure` was told.
const told: string[] = [];
const client = new BackupClient({
  region: "us-west-2",
  endpoint: process.env.ENDPOINT ?? "",
  credentials: JSON.parse(process.env.CREDENTIALS ?? "{}") as { accessKeyId: string; secretAccessKey: string },
});
const options = { onFailure: (error: unknown) => told.push(String(error)) };
const thrown = await createBackupVault(client, { BackupVaultName: "prod-vault" }, options).catch(
  ({ name }: Error) => name,
);
process.stdout.write(JSON.stringify({ thrown, told }));
