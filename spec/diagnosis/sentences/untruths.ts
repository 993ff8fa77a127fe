import type { Diagnosis } from "../../../lib/diagnosis/Diagnosis.js";
import type { Snapshot } from "../../../lib/snapshot/Snapshot.js";
import { readAssumption } from "./readAssumption.js";
import { readBlocker } from "./readBlocker.js";
import { readSummary } from "./readSummary.js";
import { readSuspect } from "./readSuspect.js";

/**
 * What the sentences of a diagnosis say that is not so, each sentence read for itself and held against the snapshot: who, which
 * policy and statement, which action, what was read and what was not. A sentence of no known shape is untrue: nobody has read it.
 */
export function untruths(snapshot: Snapshot, diagnosis: Diagnosis): string[] {
  const about = (sentence: string, untrue: string[]) => untrue.map((why) => `${why} <- ${sentence}`);
  return [
    ...diagnosis.blockers.flatMap((one) => about(one.reason, readBlocker(snapshot, diagnosis, one))),
    ...diagnosis.suspects.flatMap((one) => about(one.reason, readSuspect(snapshot, one))),
    ...diagnosis.assumptions.flatMap((one) => about(one, readAssumption(snapshot, diagnosis, one))),
    ...about(diagnosis.summary, readSummary(snapshot, diagnosis)),
  ];
}
