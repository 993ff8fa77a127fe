import type { VaultRequest } from "../question/VaultRequest.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Caller, Snapshot } from "../snapshot/Snapshot.js";
import type { CollectOptions } from "./CollectOptions.js";

/**
 * The snapshot of a request by a caller, to which the evidence is still to be added.
 *
 * @param place where the caller is: its partition and account
 * @param missing what the evidence is meanwhile
 */
export function snapshotWithout(
  request: VaultRequest,
  options: CollectOptions,
  caller: Caller,
  place: { partition: string; accountId: string },
  missing: Evidence<never> = { status: "notRead" },
): Snapshot {
  return {
    snapshotVersion: 1,
    capturedAt: (options.now?.() ?? new Date()).toISOString(),
    request: {
      operation: "CreateBackupVault",
      partition: place.partition,
      region: request.region ?? options.caller.region,
      accountId: place.accountId,
      backupVaultName: request.backupVaultName,
      encryptionKeyArn: request.encryptionKeyArn ?? null,
      backupVaultTags: request.backupVaultTags ?? {},
    },
    caller,
    context: { ...options.context },
    policies: {
      identity: missing,
      permissionsBoundary: missing,
      session: { status: "notRead" },
      serviceControl: missing,
      resourceControl: missing,
      vpcEndpoint: { status: "notRead" },
    },
    key: missing,
    organization: missing,
    simulation: missing,
    denial: options.denial ?? null,
  };
}
