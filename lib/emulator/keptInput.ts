import { boundedInput } from "./boundedInput.js";
import type { Call, Input } from "./Call.js";

/** What is never told of an input or answer: plaintexts, ciphertexts, credentials. */
const secret = new Set([
  "Plaintext",
  "CiphertextBlob",
  "GrantTokens",
  "GrantToken",
  "WebIdentityToken",
  "SecretAccessKey",
  "SessionToken",
]);

/** What is kept of an unsigned call that is not let in: whom it names. Anybody may send one, of any length. */
const named = new Set(["RoleArn", "RoleSessionName", "DurationSeconds", "ProviderId"]);
const longestNamed = 2048;

export function withoutSecrets(members: Input): Input {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !secret.has(name)));
}

/** What log and trail keep of a call's input. */
export function keptInput({ session, input }: Pick<Call, "session" | "input">, isLetIn: boolean): Input {
  const told = boundedInput(withoutSecrets(input));
  if (isLetIn || session.kind !== "anonymous") return told;
  return Object.fromEntries(
    Object.entries(told).filter(
      ([name, value]) => named.has(name) && typeof value === "string" && value.length <= longestNamed,
    ),
  );
}
