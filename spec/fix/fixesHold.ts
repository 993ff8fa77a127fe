import fc from "fast-check";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { arbitrarySnapshot as worldly } from "../emulator/arbitrarySnapshot.js";
import { arbitrarySnapshot } from "../random/arbitrarySnapshot.js";
import { type Counts, checkFixes, noCounts } from "./checkFixes.js";

const kinds: readonly fc.Arbitrary<Snapshot>[] = [arbitrarySnapshot("known"), arbitrarySnapshot("unknown"), worldly];

/** Holds the fixes of so many random blocked snapshots against what they promise; what fails tells its seed and number. */
export function holdFixes(count: number, seed: number): Counts & { snapshots: number } {
  const counts = noCounts();
  let snapshots = 0;
  for (let round = 0; snapshots < count; round += 1) {
    for (const [kind, arbitrary] of kinds.entries()) {
      for (const [index, snapshot] of fc.sample(arbitrary, { numRuns: 20, seed: seed + round }).entries()) {
        const before = counts.blockers;
        try {
          checkFixes(snapshot, counts);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          const where = `seed ${seed}, round ${round}, kind ${kind}, number ${index}`;
          throw new Error(`${where}: ${message}\n${JSON.stringify(snapshot)}`, { cause: error });
        }
        if (counts.blockers > before) snapshots += 1;
      }
    }
  }
  return { snapshots, ...counts };
}
