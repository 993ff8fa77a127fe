import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { placesOf } from "../../lib/snapshot/layerEvidence.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { completions } from "../oracle/completions.js";
import { listOf } from "../oracle/listOf.js";
import { readDocument } from "../oracle/readDocument.js";
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
 * Two tests that hang together, which Kleene's logic does not see: of a role without a session its name and its id, and one
 * key that a statement tests twice.
 */
function hangsTogether(snapshot: Snapshot): boolean {
  const documents = placesOf(snapshot).map(({ policy }) => readDocument(policy.document).document);
  const testsTwice = documents.some(({ Statement }) =>
    listOf(Statement).some(({ Condition }) => {
      const keys = Object.values(Condition ?? {}).flatMap((tests) =>
        Object.keys(tests).map((key) => key.toLowerCase()),
      );
      return new Set(keys).size < keys.length;
    }),
  );
  const { caller, policies, key } = snapshot;
  return testsTwice || (caller.arn.includes(":role/") && /aws:userid/i.test(JSON.stringify([policies, key])));
}

/** Random snapshots, and for each unknown verdict two completions with different answers. */
export function proveUnknowns(knowledge: "one unknown" | "unknown", snapshots: number, seed: number): UnknownsProof {
  const proof: UnknownsProof = { seed, snapshots, unknown: 0, refusedEitherWay: 0, unearned: [] };
  fc.sample(arbitrarySnapshot(knowledge), { numRuns: snapshots, seed }).forEach((random, index) => {
    if (knowledge === "one unknown" && hangsTogether(random)) return;
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
