import { type DiagnoseOptions, diagnoseWith } from "./diagnose.js";
import type { Diagnosis } from "./diagnosis/Diagnosis.js";
import { newPolicyMemory } from "./policy/policyMemory.js";
import type { Snapshot } from "./snapshot/Snapshot.js";
import { newLevelMemory } from "./verdict/KnownLevels.js";

/** A judge of many snapshots. */
export interface Judge {
  /** As the function `diagnose`, to the letter. */
  diagnose(snapshot: Snapshot, options?: DiagnoseOptions): Diagnosis;
}

/**
 * A judge of many snapshots that share policies, as an organization's principals share service control policies, key
 * policies and boundaries: what it has read once it does not read again. Policies must not be changed while it lives.
 *
 * @example
 * const judge = newJudge();
 * for (const snapshot of snapshots) console.log(judge.diagnose(snapshot, { fixes: false }).outcome);
 */
export function newJudge(): Judge {
  const memory = newLevelMemory(newPolicyMemory({ mayChange: false }), { mayChange: false });
  return { diagnose: (snapshot, options) => diagnoseWith(memory, snapshot, options) };
}
