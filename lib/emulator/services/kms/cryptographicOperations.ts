import { randomBytes } from "node:crypto";
import type { Call, Operation, Output } from "../../Call.js";
import { isObject, numberOf, requiredText, textMapOf, textOf, textsOf } from "../../input.js";
import { keyByName } from "../../keys.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldKey } from "../../World.js";
import { allowedKey, endDryRun, type KeyUse, requireUsable } from "./allowedKey.js";
import { encryptionContextKeys } from "./encryptionContext.js";

/**
 * What the emulator's ciphertexts hold, readable for anybody: nothing here is secret. It stands for encryption only so
 * far that a ciphertext goes with its key and its encryption context.
 */
interface Sealed {
  key: string;
  context: Record<string, string>;
  /** base64 */
  plaintext: string;
}

function cryptographicUse(context: Record<string, string>): KeyUse {
  return {
    crossAccount: true,
    context: { "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT", ...encryptionContextKeys(context) },
  };
}

/** The key that a call names, allowed and usable, and the encryption context. */
function usedKey(call: Call): { key: WorldKey; context: Record<string, string> } {
  const context = textMapOf(call.input, "EncryptionContext");
  const key = allowedKey(call, cryptographicUse(context));
  requireSymmetric(key);
  requireUsable(key);
  endDryRun(call);
  return { key, context };
}

function requireSymmetric(key: WorldKey): void {
  if ((key.keyUsage ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") {
    throw new ServiceError(
      "InvalidKeyUsageException",
      `${key.arn} key usage is ${key.keyUsage} which is not valid for this operation.`,
    );
  }
  if ((key.keySpec ?? "SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT") {
    throw new ServiceError(
      "InvalidKeyUsageException",
      `Algorithm SYMMETRIC_DEFAULT is incompatible with key spec ${key.keySpec}.`,
    );
  }
}

function seal(key: WorldKey, context: Record<string, string>, plaintext: string): string {
  const sealed: Sealed = { key: key.arn, context, plaintext };
  return Buffer.from(JSON.stringify(sealed)).toString("base64");
}

function unseal(ciphertext: string): Sealed {
  try {
    const value: unknown = JSON.parse(Buffer.from(ciphertext, "base64").toString("utf8"));
    if (isObject(value) && typeof value.key === "string" && typeof value.plaintext === "string") {
      return { key: value.key, plaintext: value.plaintext, context: textMapOf(value, "context") };
    }
  } catch {
    // Falls through to the error below.
  }
  throw new ServiceError("InvalidCiphertextException", "The ciphertext is not valid.");
}

const Encrypt: Operation = (call) => {
  const { key, context } = usedKey(call);
  const plaintext = requiredText(call.input, "Plaintext", "ValidationException");
  return {
    CiphertextBlob: seal(key, context, plaintext),
    KeyId: key.arn,
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
};

function dataKey(call: Call): Output {
  const { key, context } = usedKey(call);
  const spec = textOf(call.input, "KeySpec");
  const length = numberOf(call.input, "NumberOfBytes") ?? (spec === "AES_128" ? 16 : 32);
  const plaintext = randomBytes(Math.min(Math.max(length, 1), 1024)).toString("base64");
  return { CiphertextBlob: seal(key, context, plaintext), Plaintext: plaintext, KeyId: key.arn };
}

const GenerateDataKeyWithoutPlaintext: Operation = (call) => {
  const { Plaintext: _, ...rest } = dataKey(call);
  return rest;
};

/** Without a key, the ciphertext tells it; with DryRunModifiers IGNORE_CIPHERTEXT it is the other way round. */
const Decrypt: Operation = (call) => {
  const { state, session, region, input } = call;
  const context = textMapOf(input, "EncryptionContext");
  const named = textOf(input, "KeyId");
  const ignoresCiphertext = textsOf(input, "DryRunModifiers")?.includes("IGNORE_CIPHERTEXT") === true;
  const blob = textOf(input, "CiphertextBlob");
  const sealed = ignoresCiphertext || blob === undefined ? null : unseal(blob);
  const keyId = named ?? sealed?.key;
  if (keyId === undefined) throw new ServiceError("ValidationException", "CiphertextBlob or KeyId is required.");
  const key = allowedKey(call, { ...cryptographicUse(context), keyId });
  requireSymmetric(key);
  requireUsable(key);
  if (sealed !== null && sealed.key !== keyByName(state.world, keyId, session.accountId, region)?.arn) {
    throw new ServiceError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    );
  }
  if (sealed !== null && JSON.stringify(sorted(sealed.context)) !== JSON.stringify(sorted(context))) {
    throw new ServiceError("InvalidCiphertextException", "");
  }
  endDryRun(call);
  return { Plaintext: sealed?.plaintext ?? "", KeyId: key.arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
};

function sorted(context: Record<string, string>): [string, string][] {
  return Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
}

export const cryptographicOperations: Record<string, Operation> = {
  Encrypt,
  Decrypt,
  GenerateDataKey: dataKey,
  GenerateDataKeyWithoutPlaintext,
};
