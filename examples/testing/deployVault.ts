import { type BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { BackupVaultAccessDeniedError } from "backup-vault-access";

/** The application under test: creates its vault, or says whom to ask. */
export async function deployVault(client: BackupClient): Promise<string> {
  try {
    await client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));
    return "created";
  } catch (error) {
    if (!BackupVaultAccessDeniedError.isInstance(error)) throw error;
    return error.blockingLayer === "service-control-policy" ? "ask the organization" : "ask the account";
  }
}
