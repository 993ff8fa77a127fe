import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
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

/**
 * Of a role without a session two things are unknown that hang together, the session's name and its id: where a Principal
 * names a session and a condition its id, Kleene's logic does not see that both cannot be.
 */
function hasTwoInSession({ caller, policies, key }: Snapshot): boolean {
  return caller.arn.includes(":role/") && /aws:userid/i.test(JSON.stringify([policies, key]));
}

/** Random snapshots, and for each unknown verdict two completions with different answers. */
export function proveUnknowns(knowledge: "one unknown" | "unknown", snapshots: number, seed: number): UnknownsProof {
  const proof: UnknownsProof = { seed, snapshots, unknown: 0, refusedEitherWay: 0, unearned: [] };
  const isOne = (random: Snapshot) => knowledge === "unknown" || !hasTwoInSession(random);
  fc.sample(arbitrarySnapshot(knowledge).filter(isOne), { numRuns: snapshots, seed }).forEach((random, index) => {
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
