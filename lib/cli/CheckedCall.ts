import type { PlannedVault } from "../plan/PlannedVault.js";
import type { PlannedParts } from "../question/PlannedKey.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { NotAsPlanned } from "./notAsPlanned.js";

/** A call that is checked, and the vault of a plan that it would make; null where it is of no plan. */
export interface CheckedCall {
  request: VaultRequest;
  plan: { vault: PlannedVault; parts: PlannedParts; context: Snapshot["context"]; notAsPlanned?: NotAsPlanned } | null;
}
