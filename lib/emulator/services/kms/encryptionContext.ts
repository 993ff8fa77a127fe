import type { CallContext } from "../../authorization/callContext.js";

/** The condition keys of an encryption context. */
export function encryptionContextKeys(context: Readonly<Record<string, string>>): CallContext {
  const names = Object.keys(context);
  if (names.length === 0) return {};
  return {
    "kms:EncryptionContextKeys": names,
    ...Object.fromEntries(names.map((name) => [`kms:EncryptionContext:${name}`, context[name] ?? ""])),
  };
}
