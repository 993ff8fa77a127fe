/** Thrown by parseSnapshot: names the JSON path that is wrong and what was expected there. */
export class SnapshotFormatError extends Error {
  override readonly name = "SnapshotFormatError";

  constructor(
    /** Where in the document, as `request.region` or `policies.identity.value[0].name`; "" is the document itself. */
    readonly path: string,
    /** What was expected there. */
    readonly expected: string,
    options?: ErrorOptions,
  ) {
    super(`Not a snapshot: ${path === "" ? "the document" : path}: ${expected}`, options);
  }
}
