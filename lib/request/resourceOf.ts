import type { UnknownResource } from "../policy/EvaluationRequest.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { callKind } from "./callKind.js";
import { keyOf } from "./keyOf.js";

/**
 * The resource that an action is called on: the vault's ARN, the key's ARN, or "*" for MountCapsule, which has no
 * resource type. The key behind alias/aws/backup is unknown until its ARN was read.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_backup-storage.html
 */
export function resourceOf(snapshot: Snapshot, action: string): string | UnknownResource {
  const { partition, region, accountId, backupVaultName } = snapshot.request;
  switch (callKind(action)) {
    case "own":
      return `arn:${partition}:backup:${region}:${accountId}:backup-vault:${backupVaultName}`;
    case "storage":
      return "*";
    case "kms":
      return keyOf(snapshot).arn ?? { prefix: `arn:${partition}:kms:${region}:${accountId}:key/`, name: "key.arn" };
  }
}
