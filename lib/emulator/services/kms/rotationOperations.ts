import { fittingKey } from "../../../facts/kms.js";
import type { Call, Operation } from "../../Call.js";
import { numberOf } from "../../input.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldKey } from "../../World.js";
import { allowedKey, ownKey, requireUsable } from "./allowedKey.js";

/** Only symmetric encryption keys whose material KMS made are rotated. */
function rotatedKey(call: Call): WorldKey {
  const key = ownKey(call);
  requireUsable(key);
  if ((key.keySpec ?? fittingKey.keySpec) !== fittingKey.keySpec || (key.origin ?? "AWS_KMS") !== "AWS_KMS") {
    throw new ServiceError("UnsupportedOperationException", `${key.arn} cannot be rotated.`);
  }
  return key;
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
const EnableKeyRotation: Operation = (call) => {
  const days = numberOf(call.input, "RotationPeriodInDays") ?? 365;
  if (!Number.isInteger(days) || days < 90 || days > 2560) {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${days}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value between 90 and 2560`,
    );
  }
  rotatedKey(call).rotationPeriod = days;
  return {};
};

const DisableKeyRotation: Operation = (call) => {
  delete rotatedKey(call).rotationPeriod;
  return {};
};

/** Keys that AWS manages are rotated every year. */
const GetKeyRotationStatus: Operation = (call) => {
  const {
    arn,
    manager,
    rotationPeriod = manager === "AWS" ? 365 : undefined,
  } = allowedKey(call, { crossAccount: true });
  return { KeyId: arn, KeyRotationEnabled: rotationPeriod !== undefined, RotationPeriodInDays: rotationPeriod };
};

export const rotationOperations: Record<string, Operation> = {
  EnableKeyRotation,
  DisableKeyRotation,
  GetKeyRotationStatus,
};
