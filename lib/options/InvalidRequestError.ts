/** Thrown before any call where a request or an option is not what it must be: names the field and what was expected. */
export class InvalidRequestError extends TypeError {
  override readonly name = "InvalidRequestError";

  constructor(
    /** Which field, as `backupVaultName` or `options.deadline`. */
    readonly field: string,
    /** What was expected there, and what was found. */
    readonly expected: string,
  ) {
    super(`${field}: ${expected}`);
  }
}
