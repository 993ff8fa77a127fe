/** An error as an AWS service answers it; the wire protocol decides how it looks. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    /** As "AccessDeniedException". */
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Further members of the error's body. */
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
  }
}
