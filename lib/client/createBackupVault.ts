import {
  type BackupClient,
  CreateBackupVaultCommand,
  type CreateBackupVaultCommandInput,
  type CreateBackupVaultCommandOutput,
} from "@aws-sdk/client-backup";
import { isDenial } from "../denial/isDenial.js";
import { checkOptions } from "../options/checkOptions.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";

/** Options of {@link createBackupVault}. */
export interface CreateBackupVaultOptions extends DiagnosisOptions {
  /** Gives up the call and its diagnosis, as the signal handed to a client's `send`. */
  abortSignal?: AbortSignal;
}

/**
 * Creates a backup vault and, where AWS refuses, says which policy layer blocks. The input goes to AWS as it is; every
 * error but a denial comes back as it is; on success nothing is loaded, asked or timed.
 *
 * @throws InvalidRequestError where an option is wrong, before any call
 * @throws BackupVaultAccessDeniedError where AWS refused: still an AccessDeniedException by name
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html
 * @example
 * const { BackupVaultArn } = await createBackupVault(new BackupClient({}), { BackupVaultName: "prod-vault" });
 */
export async function createBackupVault(
  client: BackupClient,
  input: CreateBackupVaultCommandInput,
  options: CreateBackupVaultOptions = {},
): Promise<CreateBackupVaultCommandOutput> {
  checkOptions(options, "call");
  const { abortSignal, ...diagnosis } = options;
  const command = new CreateBackupVaultCommand(input);
  try {
    return await (abortSignal === undefined ? client.send(command) : client.send(command, { abortSignal }));
  } catch (error) {
    // A client with the plugin has explained it already.
    if (!isDenial(error) || BackupVaultAccessDeniedError.isInstance(error)) throw error;
    const { explainedDenial } = await import("./explainedDenial.js");
    throw await explainedDenial(error, { input, config: client.config }, diagnosis, { abortSignal });
  }
}
