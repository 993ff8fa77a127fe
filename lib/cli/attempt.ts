import { BackupClient } from "@aws-sdk/client-backup";
import { BackupVaultAccessDeniedError } from "../client/BackupVaultAccessDeniedError.js";
import type { LiveOptions } from "../client/LiveOptions.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { LeftoverVaultError } from "../testing/vaults/LeftoverVaultError.js";
import { withBackupVault } from "../testing/vaults/withBackupVault.js";
import { CliError } from "./CliError.js";
import { clientSettings } from "./clientSettings.js";
import { shellWord } from "./shellWord.js";

/** How a real creation went. */
export type Attempt =
  | { created: true; arn: string; leftover: LeftoverVaultError | null }
  | { created: false; diagnosis: Diagnosis };

/**
 * Really creates the vault, as it was asked for, and removes it again. A vault that exists already is not touched.
 *
 * @throws CliError where such a vault exists, or AWS could not be asked
 */
export async function attempt(request: VaultRequest, options: LiveOptions): Promise<Attempt> {
  const { credentials: ___, client: _, abortSignal: __, ...diagnosis } = options;
  const { backupVaultName, encryptionKeyArn, backupVaultTags = {}, region } = request;
  const client = new BackupClient(clientSettings(region, options));
  try {
    const arn = await withBackupVault(
      client,
      {
        BackupVaultName: backupVaultName,
        ...(encryptionKeyArn !== undefined && { EncryptionKeyArn: encryptionKeyArn }),
        ...(Object.keys(backupVaultTags).length > 0 && { BackupVaultTags: backupVaultTags }),
      },
      ({ BackupVaultArn }) => BackupVaultArn ?? backupVaultName,
      // The very call that is in question: a name or a tag of ours might be refused where it is not.
      { ...diagnosis, namePrefix: "", tagged: false },
    );
    return { created: true, arn, leftover: null };
  } catch (error) {
    if (BackupVaultAccessDeniedError.isInstance(error)) return { created: false, diagnosis: error.diagnosis };
    if (error instanceof LeftoverVaultError) {
      return { created: true, arn: error.backupVaultArn ?? backupVaultName, leftover: error };
    }
    if (error instanceof Error && error.name === "AlreadyExistsException") {
      throw new CliError(`--attempt: the vault ${backupVaultName} exists already; name one that does not`);
    }
    if (isUnanswered(error)) throw new CliError(mayBeLeft(request, error), 4);
    throw error;
  } finally {
    client.destroy();
  }
}

/** AWS may have been asked, and did not say what became of it. */
function isUnanswered(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { $fault, code, name } = error as Error & { $fault?: unknown; code?: unknown };
  return $fault === "server" || /Timeout/.test(name) || /^(ECONNRESET|EPIPE|ETIMEDOUT)$/.test(String(code));
}

function mayBeLeft({ backupVaultName, region }: VaultRequest, { message }: Error): string {
  const where = region === undefined ? "" : ` --region ${shellWord(region)}`;
  return `--attempt: AWS did not say whether it created the vault (${message}); it may come into being all the same. To look, and to remove it: backup-vault-access sweep --older-than 0 --prefix ${shellWord(backupVaultName)}${where}`;
}
