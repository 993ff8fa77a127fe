import {
  type BackupClient,
  CreateBackupVaultCommand,
  type CreateBackupVaultCommandInput,
  type CreateBackupVaultCommandOutput,
} from "@aws-sdk/client-backup";
import { isDenial } from "../denial/isDenial.js";
import { checkOptions } from "../options/checkOptions.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import type { RetryWhileInconclusive } from "../options/RetryWhileInconclusive.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";
import { explainedLazily } from "./explainedLazily.js";

/** Options of {@link createBackupVault}. */
export interface CreateBackupVaultOptions extends DiagnosisOptions {
  /** Gives up the call and its diagnosis, as the signal handed to a client's `send`. */
  abortSignal?: AbortSignal | undefined;
  /**
   * Tries again while everything readable allows and AWS still refuses, as it may for a while after a policy has changed;
   * ends as soon as the evidence says something else. Default: false.
   */
  retryWhileInconclusive?: boolean | RetryWhileInconclusive | undefined;
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
  const { abortSignal, retryWhileInconclusive = false, ...diagnosis } = options;
  try {
    return await attempt(client, input, diagnosis, abortSignal);
  } catch (error) {
    const isRiddle = BackupVaultAccessDeniedError.isInstance(error) && error.blockingLayer === null;
    if (!isRiddle || retryWhileInconclusive === false) throw error;
    const { retriedWhileInconclusive } = await import("./retriedWhileInconclusive.js");
    return retriedWhileInconclusive(
      error,
      // What was read for the refusal before says nothing new.
      () => attempt(client, input, { ...diagnosis, share: false }, abortSignal),
      retryWhileInconclusive === true ? {} : retryWhileInconclusive,
      abortSignal,
    );
  }
}

async function attempt(
  client: BackupClient,
  input: CreateBackupVaultCommandInput,
  diagnosis: DiagnosisOptions,
  abortSignal: AbortSignal | undefined,
): Promise<CreateBackupVaultCommandOutput> {
  const command = new CreateBackupVaultCommand(input);
  try {
    return await (abortSignal === undefined ? client.send(command) : client.send(command, { abortSignal }));
  } catch (error) {
    // A client with the plugin has explained it already.
    if (!isDenial(error) || BackupVaultAccessDeniedError.isInstance(error)) throw error;
    // Read where a failure of ours leaves the refusal as it is.
    const refused = {
      input,
      get config() {
        return client.config;
      },
    };
    throw await explainedLazily(error, refused, diagnosis, { abortSignal });
  }
}
