import { createHash } from "node:crypto";

/**
 * An id as IAM gives it, made from what it names, so that the same world has the same ids every time.
 *
 * @example
 * derivedId("AROA", "arn:aws:iam::444455556666:role/Deployer"); // "AROA" and 17 letters and digits
 */
export function derivedId(prefix: string, of: string, length = 17): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const digest = createHash("sha512").update(`${prefix}:${of}`).digest();
  let id = prefix;
  for (let index = 0; index < length; index += 1) id += letters.charAt((digest[index % 64] ?? 0) % 32);
  return id;
}
