/** Thrown where a text holds no CloudTrail event: says what was expected. */
export class TrailFormatError extends Error {
  override readonly name = "TrailFormatError";
}
