import { arnOf } from "../../arnOf.js";
import type { Output } from "../../Call.js";
import type { WorldKey } from "../../World.js";

/** When everything in a world was made, as far as anybody asks. */
export const creationDate = new Date("2026-01-01T00:00:00Z");
const someDeletionDate = "2027-01-01T00:00:00Z";

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export function keyMetadata(key: WorldKey): Output {
  const { region, accountId: owner, resource } = arnOf(key.arn);
  const multiRegion = key.multiRegion ?? key.multiRegionKeyType !== undefined;
  const usage = key.keyUsage ?? "ENCRYPT_DECRYPT";
  const spec = key.keySpec ?? "SYMMETRIC_DEFAULT";
  const isSymmetric = usage === "ENCRYPT_DECRYPT" && spec === "SYMMETRIC_DEFAULT";
  return {
    AWSAccountId: owner,
    KeyId: resource.replace(/^key\//, ""),
    Arn: key.arn,
    CreationDate: creationDate,
    Enabled: key.state === "Enabled",
    Description: key.description ?? "",
    KeyUsage: usage,
    KeyState: key.state,
    DeletionDate: key.state === "PendingDeletion" ? new Date(key.deletionDate ?? someDeletionDate) : undefined,
    Origin: key.origin ?? "AWS_KMS",
    KeyManager: key.manager,
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    EncryptionAlgorithms: isSymmetric ? ["SYMMETRIC_DEFAULT"] : undefined,
    MultiRegion: multiRegion,
    MultiRegionConfiguration:
      multiRegion || key.multiRegionKeyType !== undefined
        ? {
            MultiRegionKeyType: key.multiRegionKeyType ?? "PRIMARY",
            PrimaryKey: { Arn: key.arn, Region: region },
            ReplicaKeys: [],
          }
        : undefined,
  };
}
