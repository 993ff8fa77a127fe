/** Ends a command with a message on stderr: 3 for bad usage or bad input, 4 where it could not run. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    message: string,
    readonly exitCode: 3 | 4 = 3,
  ) {
    super(message);
  }
}
