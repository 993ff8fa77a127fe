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
    ...algorithmsOf(spec, usage),
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

/** What a key can be used with, by its spec and usage; of the commonest kinds alone. */
function algorithmsOf(spec: string, usage: string): Output {
  const [, family = "", size = ""] = /^([A-Z_]+?)_?P?(\d*)$/.exec(spec) ?? [];
  const sha = ["256", "384", "512"];
  if (usage === "GENERATE_VERIFY_MAC") return { MacAlgorithms: [`HMAC_SHA_${size}`] };
  if (usage === "SIGN_VERIFY" && family === "ECC_NIST") {
    return { SigningAlgorithms: [`ECDSA_SHA_${size === "521" ? "512" : size}`] };
  }
  if (usage === "SIGN_VERIFY" && family === "RSA") {
    const kinds = ["RSASSA_PKCS1_V1_5", "RSASSA_PSS"];
    return { SigningAlgorithms: kinds.flatMap((kind) => sha.map((bits) => `${kind}_SHA_${bits}`)) };
  }
  if (usage !== "ENCRYPT_DECRYPT") return {};
  const ofRsa = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"];
  return { EncryptionAlgorithms: family === "RSA" ? ofRsa : ["SYMMETRIC_DEFAULT"] };
}
