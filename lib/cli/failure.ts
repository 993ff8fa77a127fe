import { CommanderError } from "commander";
import { InvalidRequestError } from "../options/InvalidRequestError.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { inOptions } from "./inOptions.js";
import { isOwnFault } from "./isOwnFault.js";
import { say } from "./tell.js";

/** Set, a fault of the program's own is told with the place where it happened. */
const debugVariable = "BACKUP_VAULT_ACCESS_DEBUG";

/** Tells on stderr, in one line, why a command failed, and gives the exit code. */
export function failure(error: unknown, io: CliIo): number {
  // commander has already printed help or what was wrong.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CliError) {
    say(io, false, `error: ${message}`);
    return error.exitCode;
  }
  if (error instanceof InvalidRequestError) {
    say(io, false, `error: ${inOptions(error)}`);
    return 3;
  }
  if (!isOwnFault(error)) {
    say(io, false, `error: ${message}`);
    return 4;
  }
  const name = error instanceof Error ? error.name : "Error";
  say(
    io,
    false,
    `error: a fault of backup-vault-access itself, please report it: ${name}: ${message} (${debugVariable}=1 tells where)`,
  );
  if (io.env[debugVariable] && error instanceof Error) {
    for (const line of (error.stack ?? "").split("\n")) say(io, false, line);
  }
  return 70;
}
