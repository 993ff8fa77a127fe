import { randomBytes, randomUUID } from "node:crypto";
import {
  AlreadyExistsException,
  type BackupClient,
  type CreateBackupVaultCommandInput,
  type CreateBackupVaultCommandOutput,
  DeleteBackupVaultCommand,
  DescribeBackupVaultCommand,
} from "@aws-sdk/client-backup";
import { createBackupVault } from "../../client/createBackupVault.js";
import type { DiagnosisOptions } from "../../options/DiagnosisOptions.js";
import { LeftoverVaultError } from "./LeftoverVaultError.js";
import { defaultNamePrefix, requestMark, vaultTag } from "./vaultMark.js";

/** Options of {@link withBackupVault}. */
export interface WithBackupVaultOptions extends DiagnosisOptions {
  /** What the vault's name begins with, before what is asked for. Default: "vault-access-test-". */
  namePrefix?: string | undefined;
  /** Tags the vault, so that `sweepBackupVaults` finds it after a crash; needs backup:TagResource. Default: true. */
  tagged?: boolean | undefined;
}

/** What is asked of the vault; its name is made up where it is left out. */
export type TestVaultInput = Partial<Omit<CreateBackupVaultCommandInput, "CreatorRequestId">>;

/** A vault that exists for the length of a test. */
export type TestVault = CreateBackupVaultCommandOutput & { BackupVaultName: string };

/**
 * Creates a real vault, hands it to a test and removes it again, whatever the test does. A vault that existed before is never
 * touched: its name makes AWS refuse with AlreadyExistsException. After a crash, `sweepBackupVaults` finds what is left.
 *
 * @throws BackupVaultAccessDeniedError (rejects) where AWS refuses the creation
 * @throws LeftoverVaultError (rejects) where the vault could not be removed
 * @throws what `use` throws (rejects), after the vault is removed
 * @example
 * await withBackupVault(new BackupClient({}), { EncryptionKeyArn: keyArn }, async ({ BackupVaultArn }) => {
 *   console.log(BackupVaultArn); // arn:aws:backup:eu-west-1:111122223333:backup-vault:vault-access-test-3f9a...
 * });
 */
export async function withBackupVault<Result>(
  client: BackupClient,
  input: TestVaultInput,
  use: (vault: TestVault) => Result | Promise<Result>,
  { namePrefix = defaultNamePrefix, tagged = true, ...diagnosis }: WithBackupVaultOptions = {},
): Promise<Result> {
  const name = `${namePrefix}${input.BackupVaultName ?? randomBytes(8).toString("hex")}`;
  // Of one's own: it tells our vault from one that was there, also where the answer to the creation was lost.
  const creatorRequestId = `${requestMark}${randomUUID()}`;
  const created = await createBackupVault(
    client,
    {
      ...input,
      BackupVaultName: name,
      ...(tagged && { BackupVaultTags: { ...input.BackupVaultTags, [vaultTag]: new Date().toISOString() } }),
      CreatorRequestId: creatorRequestId,
    },
    diagnosis,
  ).catch(async (error: unknown): Promise<CreateBackupVaultCommandOutput> => {
    // The answer was lost, and asked again, AWS tells of the vault that it had made.
    if (error instanceof AlreadyExistsException && error.CreatorRequestId === creatorRequestId) {
      return { BackupVaultArn: error.Arn, $metadata: error.$metadata };
    }
    if (await wasCreatedAllTheSame(client, name, creatorRequestId, error)) {
      await removed(client, name, undefined, { error });
    }
    throw error;
  });
  let failure: { error: unknown } | null = null;
  try {
    return await use({ ...created, BackupVaultName: name });
  } catch (error) {
    failure = { error };
    throw error;
  } finally {
    await removed(client, name, created.BackupVaultArn, failure);
  }
}

async function removed(
  client: BackupClient,
  name: string,
  arn: string | undefined,
  failure: { error: unknown } | null,
): Promise<void> {
  const { default: pRetry } = await import("p-retry");
  try {
    // Beside the client's own tries: a leftover costs more than a wait.
    await pRetry(() => client.send(new DeleteBackupVaultCommand({ BackupVaultName: name })), {
      retries: 2,
      minTimeout: 200,
      shouldRetry: ({ error }) => !/AccessDenied|InvalidRequest|ResourceNotFound/.test(error.name),
    });
  } catch (error) {
    // The test has removed it itself.
    if (error instanceof Error && error.name === "ResourceNotFoundException") return;
    throw new LeftoverVaultError(name, arn, error, failure?.error);
  }
}

/** Whether a creation without an answer (a connection reset, a timeout) has made the vault. */
async function wasCreatedAllTheSame(
  client: BackupClient,
  name: string,
  creatorRequestId: string,
  error: unknown,
): Promise<boolean> {
  const isAnswered = typeof error === "object" && error !== null && "$fault" in error && error.$fault === "client";
  if (isAnswered) return false;
  try {
    const vault = await client.send(new DescribeBackupVaultCommand({ BackupVaultName: name }));
    return vault.CreatorRequestId === creatorRequestId;
  } catch {
    return false;
  }
}
