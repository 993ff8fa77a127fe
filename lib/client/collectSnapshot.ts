import type { VaultRequest } from "../question/VaultRequest.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveSnapshot } from "./liveSnapshot.js";

/**
 * Reads the evidence about one request from AWS into a snapshot, which can be kept, shared (after `redact`) and diagnosed
 * anywhere. It only reads; what could not be read is in the snapshot with its reason.
 *
 * @throws InvalidRequestError where the request or an option is wrong, before any call
 * @example
 * const snapshot = await collectSnapshot({ backupVaultName: "prod-vault", region: "eu-west-1" });
 * console.log(diagnose(snapshot).summary);
 */
export async function collectSnapshot(request: VaultRequest, options: LiveOptions = {}): Promise<Snapshot> {
  const { snapshot } = await liveSnapshot(request, options, null);
  return snapshot;
}
