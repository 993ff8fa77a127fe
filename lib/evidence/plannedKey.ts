import { anyKeyArn, parseArn } from "../facts/arn.js";
import { notNamed } from "../facts/names.js";
import type { PlannedKey, PlannedParts } from "../question/PlannedKey.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { KeyEvidence } from "./readKey.js";

/** The request of a plan: what only the apply tells is written as not named. */
export function plannedRequest(
  request: VaultRequest,
  planned: PlannedParts | undefined,
  place: { partition: string; region: string; accountId: string },
): VaultRequest {
  const { key, isNameUnknown } = planned ?? {};
  const own = key?.status === "new" ? { region: key.region, accountId: key.accountId } : null;
  const arn =
    key === undefined || key.status === "changed"
      ? undefined
      : anyKeyArn({
          partition: place.partition,
          region: own?.region ?? place.region,
          accountId: own?.accountId ?? place.accountId,
        });
  return {
    ...request,
    ...(arn !== undefined && { encryptionKeyArn: arn }),
    ...(isNameUnknown === true && { backupVaultName: notNamed }),
  };
}

/**
 * The key as the plan will leave it.
 *
 * @param read what KMS tells of it now; null where it is not there yet
 */
export async function withPlannedKey(
  read: Promise<KeyEvidence> | null,
  planned: PlannedKey | undefined,
  arn: string | null,
): Promise<KeyEvidence> {
  switch (planned?.status) {
    case "new":
      return {
        status: "read",
        value: { arn: arn ?? "", accountId: parseArn(arn ?? "")?.accountId ?? "", ...planned.parts },
      };
    case "unknown":
      return { status: "unreadable", reason: `which key it is, only the apply tells: ${planned.because}` };
    case "changed":
    case undefined: {
      const key = (await read) ?? { status: "notRead" };
      if (planned === undefined || key.status !== "read") return key;
      const { policy = key.value.policy, state = key.value.state, tags, aliases } = planned;
      // What waits for its material or its deletion, no apply enables.
      const isSwitched = /^(Enabled|Disabled)$/.test(key.value.state ?? "Enabled");
      const others = { ...(tags !== undefined && { tags }), ...(aliases !== undefined && { aliases }) };
      return { status: "read", value: { ...key.value, policy, ...(isSwitched && { state }), ...others } };
    }
  }
}
