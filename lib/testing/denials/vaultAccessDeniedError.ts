import { BackupVaultAccessDeniedError, type RefusedError } from "../../client/BackupVaultAccessDeniedError.js";
import { messageLines } from "../../client/messageLines.js";
import { denialOf } from "../../denial/denialOf.js";
import { isDenial } from "../../denial/isDenial.js";
import { diagnose } from "../../diagnose.js";
import { type Layer, layers } from "../../facts/layers.js";
import { InvalidRequestError } from "../../options/InvalidRequestError.js";
import { parseSnapshot } from "../../snapshot/parseSnapshot.js";
import type { Snapshot } from "../../snapshot/Snapshot.js";
import { frontDoorDenial } from "./frontDoorDenial.js";
import { opaqueDenial } from "./opaqueDenial.js";
import { sampleSnapshot } from "./sampleSnapshot.js";

/**
 * The error that this package throws for a denial and this evidence, without AWS: for mocks of a client that explains its
 * refusals, where the plugin is never reached.
 *
 * @param cause which layer blocks in the sample, or the evidence itself, as parseSnapshot gives it
 * @param original the denial. Default: for a layer what AWS says in that case, for evidence the opaque one
 * @throws InvalidRequestError where `cause` is no layer, or `original` no denial
 * @throws SnapshotFormatError where `cause` is an object but no snapshot
 * @example
 * mockClient(BackupClient).on(CreateBackupVaultCommand).rejects(vaultAccessDeniedError("key-policy"));
 */
export function vaultAccessDeniedError(cause: Layer | Snapshot, original?: RefusedError): BackupVaultAccessDeniedError {
  const snapshot = evidenceOf(cause);
  const denial = original ?? (typeof cause === "string" ? denialBy(cause) : opaqueDenial());
  if (!isDenial(denial)) {
    throw new InvalidRequestError("original", "expected a denial, as frontDoorDenial or opaqueDenial makes");
  }
  const diagnosis = diagnose({ ...snapshot, denial: denialOf(denial) });
  return new BackupVaultAccessDeniedError(denial, diagnosis, messageLines(diagnosis));
}

function evidenceOf(cause: unknown): Snapshot {
  const layer = layers.find((one) => one === cause);
  if (layer !== undefined) return sampleSnapshot(layer);
  if (typeof cause === "object" && cause !== null) return parseSnapshot(cause);
  const found = typeof cause === "string" ? `, found "${cause}"` : "";
  throw new InvalidRequestError("cause", `expected a snapshot or one of ${layers.join(", ")}${found}`);
}

/** The sample's layers that refuse the vault's own call are named; what stops a forwarded call is not. */
function denialBy(layer: Layer): RefusedError {
  switch (layer) {
    case "session-policy":
    case "service-control-policy":
    case "vpc-endpoint-policy":
      return frontDoorDenial({ layer, effect: "explicitDeny" });
    case "identity-policy":
    case "permissions-boundary":
    case "resource-control-policy":
    case "key-policy":
    case "key-state":
      return opaqueDenial();
  }
}
