/** Thrown where a dump of GetAccountAuthorizationDetails is not as it must be: says where, and what was expected. */
export class AccountFormatError extends Error {
  override readonly name = "AccountFormatError";
}
