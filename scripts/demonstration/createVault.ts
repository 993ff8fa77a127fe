import { BackupClient, CreateBackupVaultCommand } from "../../lib/client/client-backup.js";
import { BackupVaultAccessDeniedError } from "../../lib/index.js";
import { reportText } from "../../lib/report/reportText.js";

/** What the program is asked to make, and as whom the evidence is read where it is refused. */
export interface VaultToCreate {
  backupVaultName: string;
  encryptionKeyArn?: string;
  evidenceCredentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  color?: boolean;
}

/**
 * An ordinary program: it creates a vault with the drop-in client, configured by the environment alone, and says what a
 * user would see.
 */
export async function createVault(vault: VaultToCreate): Promise<string> {
  const { backupVaultName, encryptionKeyArn, evidenceCredentials: credentials } = vault;
  const client = new BackupClient({}, credentials === undefined ? {} : { evidence: { credentials } });
  try {
    const { BackupVaultArn } = await client.send(
      new CreateBackupVaultCommand({ BackupVaultName: backupVaultName, EncryptionKeyArn: encryptionKeyArn }),
    );
    return `Created: ${BackupVaultArn}\n`;
  } catch (error) {
    if (!BackupVaultAccessDeniedError.isInstance(error)) throw error;
    const [said] = error.message.split("\n");
    return `${reportText(error.diagnosis, { color: vault.color ?? false })}\nAWS itself only said\n  ${said}\n`;
  } finally {
    client.destroy();
  }
}
