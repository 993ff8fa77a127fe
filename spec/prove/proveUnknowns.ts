import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { completions } from "../oracle/completions.js";
import { arbitrarySnapshot } from "../random/arbitrarySnapshot.js";

export interface UnknownsProof {
  seed: number;
  snapshots: number;
  unknown: number;
  refusedEitherWay: number;
  /** The unknowns without an allowed and a refused completion, written out. */
  unearned: string[];
}

/** Random snapshots, and for each unknown verdict two completions with different answers. */
export function proveUnknowns(knowledge: "one unknown" | "unknown", snapshots: number, seed: number): UnknownsProof {
  const proof: UnknownsProof = { seed, snapshots, unknown: 0, refusedEitherWay: 0, unearned: [] };
  fc.sample(arbitrarySnapshot(knowledge), { numRuns: snapshots, seed }).forEach((random, index) => {
    const snapshot = parseSnapshot(random);
    const { unknown, refusedEitherWay, unearned } = completions(
      diagnose(snapshot, { fixes: false }),
      snapshot,
      seed + index,
      2_000,
    );
    proof.unknown += unknown;
    proof.refusedEitherWay += refusedEitherWay;
    for (const { action, told } of unearned) {
      proof.unearned.push(
        `seed ${seed}, snapshot ${index}: ${action} is ${told} whatever is filled in: ${JSON.stringify(snapshot)}`,
      );
    }
  });
  return proof;
}
