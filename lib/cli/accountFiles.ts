import { AccountFormatError } from "../evidence/AccountFormatError.js";
import type { AccountSource } from "../evidence/AccountSource.js";
import { parseAccountDump } from "../evidence/parseAccountDump.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { readInput } from "./readInput.js";

/** An account as a survey goes through it. */
export interface SurveyedAccount extends AccountSource {
  /** Where it comes from, as it is told. */
  name: string;
  /** How many users and roles it has; left out where that is not known beforehand. */
  count?: number;
}

/**
 * The accounts of stored dumps, read one after the other, so that no more than one is held.
 *
 * @param broken is given the error about a file that is no dump; the others are still read
 */
export async function* accountFiles(
  files: readonly string[],
  io: CliIo,
  broken: (error: CliError) => void,
): AsyncGenerator<SurveyedAccount> {
  for (const file of files) {
    let account: SurveyedAccount;
    try {
      account = { ...parseAccountDump(await readInput("--account-file", file, io)), name: `--account-file ${file}` };
    } catch (error) {
      if (!(error instanceof CliError) && !(error instanceof AccountFormatError)) throw error;
      broken(error instanceof CliError ? error : new CliError(`--account-file ${file}: ${error.message}`));
      continue;
    }
    yield account;
  }
}
