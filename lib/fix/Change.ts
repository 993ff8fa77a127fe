import type { Blocker, Fix } from "../diagnosis/Diagnosis.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** A fix that was thought of, and how to try it: the snapshot with it applied, or null where it cannot be tried. */
export interface Change {
  blocker: Blocker;
  fix: Omit<Fix, "verified" | "blocker">;
  apply: (snapshot: Snapshot) => Snapshot | null;
}
