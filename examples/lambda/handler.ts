import { Logger } from "@aws-lambda-powertools/logger";
import { BackupClient } from "@aws-sdk/client-backup";
// This entrance loads nothing of the diagnosis before a refusal, also where it is bundled.
import { BackupVaultAccessDeniedError, createBackupVault } from "backup-vault-access/client-backup";

const logger = new Logger({ serviceName: "vaults" });
const client = new BackupClient({});

interface Event {
  vault: string;
  keyArn?: string;
}

interface Answer {
  statusCode: number;
  body: string;
}

/** Leaves this much of the function's time for its own answer. */
const reserve = 500;

/** Creates a vault; a refusal becomes an answer that says who has to change what. */
export async function handler(
  { vault, keyArn }: Event,
  context: { getRemainingTimeInMillis(): number },
): Promise<Answer> {
  try {
    const { BackupVaultArn } = await createBackupVault(
      client,
      { BackupVaultName: vault, ...(keyArn !== undefined && { EncryptionKeyArn: keyArn }) },
      { deadline: new Date(Date.now() + context.getRemainingTimeInMillis() - reserve) },
    );
    return answer(201, { vault: BackupVaultArn });
  } catch (error) {
    if (!BackupVaultAccessDeniedError.isInstance(error)) throw error;
    const { blockingLayer, diagnosis } = error;
    // Safe to log: it holds layer, policy and statement by name, and the diagnosis with its policies where no logger looks.
    logger.error("the vault was refused", { error });
    const [fix] = diagnosis.fixes.filter(({ verified }) => verified);
    return answer(blockingLayer === null ? 502 : 403, {
      message: diagnosis.summary,
      layer: blockingLayer,
      ...(fix !== undefined && { ask: fix.owner, change: fix.title }),
    });
  }
}

function answer(statusCode: number, body: object): Answer {
  return { statusCode, body: JSON.stringify(body) };
}
