/**
 * Whatever has to be read from somewhere, so that "there is none" is never confused with "we could not look".
 *
 * - `read`: asked, and this is the answer
 * - `none`: looked, and there is none
 * - `unreadable`: asked, and refused or failed; `reason` holds the error's name and message
 * - `notRead`: not asked for, or no API can tell (session policies)
 */
export type Evidence<T> =
  | { status: "read"; value: T }
  | { status: "none" }
  | { status: "unreadable"; reason: string }
  | { status: "notRead" };
