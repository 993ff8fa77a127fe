import { CliError } from "./CliError.js";

/** The machine's failures: nothing is wrong with the file that was named. */
const ofMachine = /^(ENOSPC|EDQUOT|EIO|EFBIG|ENFILE|EMFILE)$/;

/** What to end with where a file cannot be written: bad input, or, as for stdout, a machine without room. */
export function notWritten(option: string, file: string, error: unknown): CliError {
  const { code = "", message = String(error) } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return new CliError(`${option} ${file}: could not be written (${message})`, ofMachine.test(code) ? 4 : 3);
}
