import { parseArn } from "../../facts/arn.js";
import { printable } from "../../report/printable.js";

/** A vault that was made for a test could not be removed again; `cause` is why. */
export class LeftoverVaultError extends Error {
  override readonly name = "LeftoverVaultError";

  constructor(
    readonly backupVaultName: string,
    readonly backupVaultArn: string | undefined,
    cause: unknown,
    /** What the test itself failed with, where it did. */
    readonly testError?: unknown,
  ) {
    const test = testError === undefined ? "" : ` The test itself had failed: ${said(testError)}.`;
    // Elsewhere there may be another vault of this name.
    const region = parseArn(backupVaultArn ?? "")?.region;
    const where = region === undefined ? "" : ` --region ${region}`;
    super(
      printable(
        `The backup vault ${backupVaultArn ?? backupVaultName} is left over: it was made for a test and could not be removed (${said(cause)}).${test} Remove it: aws backup delete-backup-vault --backup-vault-name ${backupVaultName}${where}`,
      ),
      { cause },
    );
  }
}

function said(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}
