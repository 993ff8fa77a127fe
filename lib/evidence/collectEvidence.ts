import type { EvidenceCall } from "../aws/EvidenceCall.js";
import type { VaultRequest } from "../request/VaultRequest.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { CollectOptions } from "./CollectOptions.js";

export async function collectEvidence(
  _request: VaultRequest,
  _options: CollectOptions,
): Promise<{ snapshot: Snapshot; calls: EvidenceCall[] }> {
  throw new Error("under construction");
}
