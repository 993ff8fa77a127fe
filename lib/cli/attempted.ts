import type { LiveOptions } from "../client/LiveOptions.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { exitCodeOf, interruptedCode } from "./exitCodeOf.js";
import { failure } from "./failure.js";
import type { OutputOptions } from "./OutputOptions.js";
import { shellWord } from "./shellWord.js";
import { say, tellDiagnoses } from "./tell.js";
import { whileReading } from "./whileReading.js";
import { whyNotRun } from "./whyNotRun.js";

const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * What AWS itself says when the vault is really created; a leftover ends with 4, so that nobody misses it. Interrupted, it
 * still removes the vault; interrupted again, it ends at once and says the vault's name.
 */
export async function attempted(
  request: VaultRequest,
  live: LiveOptions,
  options: OutputOptions,
  io: CliIo,
): Promise<number> {
  const { attempt } = await import("./attempt.js");
  const { result, isInterrupted } = await untilRemoved(request, io, () => attempt(request, live));
  if (!result.created) {
    const root = whyNotRun(result.diagnosis.evidence);
    if (root !== null) throw root;
    await tellDiagnoses([result.diagnosis], options, io);
    return exitCodeOf([result.diagnosis]);
  }
  const { arn, leftover } = result;
  say(io, options.quiet, leftover === null ? `AWS created ${arn}, and it was removed again.` : `AWS created ${arn}.`);
  if (leftover !== null && isInterrupted) throw new CliError(leftover.message, 4);
  if (isInterrupted) return interruptedCode;
  try {
    await tellEvidence(request, live, options, io);
  } catch (error) {
    if (leftover === null) throw error;
    // That a vault is left is what the exit code tells.
    failure(error, io);
  }
  if (leftover !== null) throw new CliError(leftover.message, 4);
  return 0;
}

/** What the evidence makes of a vault that AWS has created. */
async function tellEvidence(
  request: VaultRequest,
  live: LiveOptions,
  options: OutputOptions,
  io: CliIo,
): Promise<void> {
  const { checkBackupVaultAccess } = await import("../client/checkBackupVaultAccess.js");
  const diagnosis = await whileReading(io, options, ({ signal }) =>
    checkBackupVaultAccess(request, { ...live, abortSignal: signal }),
  );
  await tellDiagnoses([diagnosis], options, io);
  if (diagnosis.outcome !== "allowed") {
    const { outcome } = diagnosis;
    say(io, options.quiet, `AWS created it although the evidence, as far as it could be read, makes it ${outcome}.`);
  }
}

/** Lets no interruption come between a vault's creation and its removal without saying so. */
async function untilRemoved<T>(
  { backupVaultName, region }: VaultRequest,
  io: CliIo,
  work: () => Promise<T>,
): Promise<{ result: T; isInterrupted: boolean }> {
  let isInterrupted = false;
  const onInterrupt = () => {
    if (!isInterrupted) {
      isInterrupted = true;
      say(io, false, `interrupted: the vault ${backupVaultName} is removed first, should AWS create it`);
      return;
    }
    const where = region === undefined ? "" : ` --region ${shellWord(region)}`;
    say(
      io,
      false,
      `the vault ${backupVaultName} may be left; to remove it: aws backup delete-backup-vault --backup-vault-name ${shellWord(backupVaultName)}${where}`,
    );
    process.exit(interruptedCode);
  };
  for (const signal of interrupts) process.on(signal, onInterrupt);
  try {
    const result = await work();
    return { result, isInterrupted };
  } finally {
    for (const signal of interrupts) process.off(signal, onInterrupt);
  }
}
