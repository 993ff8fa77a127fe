/** Thrown by parseWorld: names the JSON path that is wrong and what was expected there. */
export class WorldFormatError extends Error {
  override readonly name = "WorldFormatError";

  constructor(
    /** Where in the document, as `accounts[0].roles[1].name`; "" is the document itself. */
    readonly path: string,
    /** What was expected there. */
    readonly expected: string,
    options?: ErrorOptions,
  ) {
    super(`Not a world: ${path === "" ? "the document" : path}: ${expected}`, options);
  }
}
