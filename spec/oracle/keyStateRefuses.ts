import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import type { Filling } from "./Filling.js";
import type { KeyAskedFor } from "./keyAskedFor.js";

/**
 * Whether KMS refuses the operation for what the key is, whoever asks: the specification's rule 6 on KMS's table of key
 * states.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function keyStateRefuses({ request }: Snapshot, key: KeyAskedFor, action: string, filling: Filling): boolean {
  if (!action.startsWith("kms:")) return false;
  const arn = request.encryptionKeyArn;
  // The AWS managed key is there when AWS Backup needs it.
  if (arn === null) return false;
  const [, , , region, , name = ""] = arn.split(":");
  if (!key.exists || region !== request.region || name.startsWith("alias/")) return true;
  const { keySpec, keyUsage, state } = key.read ?? {};
  if ((keySpec ?? "SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT") return true;
  if ((keyUsage ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") return true;

  // A state that KMS's table does not know is as unknown as one that was not read.
  const isListed = /^(Creating|Disabled|Enabled|Updating|Pending(Import|Deletion|ReplicaDeletion)|Unavailable)$/.test(
    state ?? "",
  );
  switch (isListed ? state : filling.keyState) {
    case "Creating":
    case "Disabled":
    case "PendingImport":
    case "PendingDeletion":
    case "PendingReplicaDeletion":
      return ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"].includes(action);
    case "Unavailable":
      return ["kms:Decrypt", "kms:GenerateDataKey"].includes(action);
    default:
      return false;
  }
}
