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
    byAlias: true,
    crossAccount: true,
    context: { "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT", ...encryptionContextKeys(context) },
  };
}

/** The key that a call names, allowed and usable, and the encryption context. */
function usedKey(call: Call): { key: WorldKey; context: Record<string, string> } {
  const context = textMapOf(call.input, "EncryptionContext");
  const key = allowedKey(call, cryptographicUse(context));
  requireSymmetric(key, call);
  requireUsable(key);
  endDryRun(call);
  return { key, context };
}

function requireSymmetric(key: WorldKey, { operation }: Call): void {
  if ((key.keyUsage ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") {
    throw new ServiceError(
      "InvalidKeyUsageException",
      `${key.arn} key usage is ${key.keyUsage} which is not valid for ${operation}.`,
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
  const plaintext = requiredText(call.input, "Plaintext", "ValidationException");
  if (Buffer.from(plaintext, "base64").length > 4096) {
    throw new ServiceError(
      "ValidationException",
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
  }
  const { key, context } = usedKey(call);
  return {
    CiphertextBlob: seal(key, context, plaintext),
    KeyId: key.arn,
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
};

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
function dataKey(call: Call): Output {
  const length = dataKeyLength(call);
  const { key, context } = usedKey(call);
  const plaintext = randomBytes(length).toString("base64");
  return { CiphertextBlob: seal(key, context, plaintext), Plaintext: plaintext, KeyId: key.arn };
}

function dataKeyLength({ input }: Call): number {
  const spec = textOf(input, "KeySpec");
  const bytes = numberOf(input, "NumberOfBytes");
  if ((spec === undefined) === (bytes === undefined)) {
    throw new ServiceError("ValidationException", "Please specify either number of bytes or key spec.");
  }
  if (bytes !== undefined) {
    if (Number.isInteger(bytes) && bytes >= 1 && bytes <= 1024) return bytes;
    const bound = bytes < 1 ? "greater than or equal to 1" : "less than or equal to 1024";
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${bytes}' at 'numberOfBytes' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  if (spec === "AES_256") return 32;
  if (spec === "AES_128") return 16;
  throw new ServiceError(
    "ValidationException",
    `1 validation error detected: Value '${spec}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]`,
  );
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
  if (sealed !== null && sealed.key !== keyByName(state.world, keyId, session.accountId, region)?.arn) {
    throw new ServiceError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    );
  }
  requireSymmetric(key, call);
  requireUsable(key);
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
