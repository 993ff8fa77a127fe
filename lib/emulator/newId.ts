import { randomBytes } from "node:crypto";

/** An id of something that is made while the emulator runs: never used twice, so that what is made again is another. */
export function newId(prefix: string, length = 17): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return prefix + Array.from(randomBytes(length), (byte) => letters.charAt(byte % 32)).join("");
}

/** Likewise in lower-case hexadecimal, as Organizations' ids. */
export function newHexId(prefix: string, length: number): string {
  return prefix + randomBytes(length).toString("hex").slice(0, length);
}
