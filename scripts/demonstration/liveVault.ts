import { parseArgs } from "node:util";

/** What was asked for cannot be understood; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const usage = "expected nothing, or --live --vault NAME [--key ARN]";

/** Which vault to create with the environment's own credentials; null where the embedded AWS is to be shown. */
export function liveVault(args: string[]): { backupVaultName: string; encryptionKeyArn?: string } | null {
  const { live = false, vault, key } = parsed(args);
  if (!live) {
    if (vault === undefined && key === undefined) return null;
    throw new UsageError(`--vault and --key go with --live; ${usage}`);
  }
  if (vault === undefined) {
    throw new UsageError("--live needs --vault NAME: the vault to create with the environment's own credentials");
  }
  return { backupVaultName: vault, ...(key !== undefined && { encryptionKeyArn: key }) };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { live: { type: "boolean" }, vault: { type: "string" }, key: { type: "string" } },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}; ${usage}`);
  }
}
