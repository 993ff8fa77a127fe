import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

export function diagnose(_snapshot: Snapshot, _options?: { fixes?: boolean }): Diagnosis {
  throw new Error("under construction");
}
