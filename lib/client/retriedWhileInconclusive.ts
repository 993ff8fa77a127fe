import type { CreateBackupVaultCommandOutput } from "@aws-sdk/client-backup";
import { longestTimer } from "../aws/Clock.js";
import type { RetryWhileInconclusive } from "../options/RetryWhileInconclusive.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";

/**
 * Creates again while everything readable allows and AWS still refuses, as it may for a while after a policy has changed.
 * Ends with the vault, or with the last refusal once something else is known of it or the tries are used up.
 *
 * @param first the refusal that was just explained
 * @param create the same call once more; its refusals come explained by evidence that was read afresh
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export async function retriedWhileInconclusive(
  first: BackupVaultAccessDeniedError,
  create: () => Promise<CreateBackupVaultCommandOutput>,
  { retries = 5, minTimeout = 1000 }: RetryWhileInconclusive,
  abortSignal: AbortSignal | undefined,
): Promise<CreateBackupVaultCommandOutput> {
  const { default: pRetry } = await import("p-retry");
  let last: unknown = first;
  try {
    return await pRetry(
      async (attempt) => {
        // The first try is the one that was just refused.
        if (attempt === 1) throw first;
        try {
          return await create();
        } catch (error) {
          last = error;
          throw error;
        }
      },
      {
        retries,
        // A longer wait would be none.
        minTimeout: Math.min(minTimeout, longestTimer),
        maxTimeout: longestTimer,
        factor: 2,
        shouldRetry: ({ error }) => error === first || isSameRiddle(first, error),
        ...(abortSignal !== undefined && { signal: abortSignal }),
      },
    );
  } catch {
    // Given up or used up: the caller gets AWS's last word, never the retry's own error.
    throw last;
  }
}

/** Still inconclusive, by the same evidence. */
function isSameRiddle(first: BackupVaultAccessDeniedError, error: unknown): boolean {
  return (
    BackupVaultAccessDeniedError.isInstance(error) &&
    error.diagnosis.outcome === "inconclusive" &&
    verdicts(error) === verdicts(first)
  );
}

function verdicts({ diagnosis }: BackupVaultAccessDeniedError): string {
  return JSON.stringify(
    diagnosis.actions.map(({ action, verdict, layers }) => [
      action,
      verdict,
      Object.values(layers).map((one) => one.verdict),
    ]),
  );
}
