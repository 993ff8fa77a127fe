import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "../diagnosis/diagnoseSnapshot.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Change } from "./Change.js";

/**
 * Tries a change: the snapshot with it applied is diagnosed again, and it is verified where its blocker is gone and
 * nothing new blocks (contract, rule 15).
 */
export function proven(snapshot: Snapshot, before: Diagnosis, change: Change): Fix {
  return { ...change.fix, verified: removes(snapshot, before, change) };
}

function removes(snapshot: Snapshot, before: Diagnosis, { blocker, apply }: Change): boolean {
  const applied = apply(snapshot);
  if (applied === null) return false;
  // The denial, the simulation and the dry run tell of the time before the change.
  const after = diagnoseSnapshot({
    ...applied,
    denial: null,
    simulation: { status: "notRead" },
    dryRun: { status: "notRead" },
  });
  const known = new Set(before.blockers.map(identity));
  const isGone = !after.blockers.some((one) => one.layer === blocker.layer && covers(one, blocker));
  return isGone && after.blockers.every((one) => known.has(identity(one)));
}

/** Still the same layer, effect and target over one of the same actions. */
function covers(after: Blocker, blocker: Blocker): boolean {
  return (
    after.effect === blocker.effect &&
    after.target === blocker.target &&
    JSON.stringify(after.statement) === JSON.stringify(blocker.statement) &&
    JSON.stringify(after.policy) === JSON.stringify(blocker.policy) &&
    after.actions.some((action) => blocker.actions.includes(action))
  );
}

function identity({ layer, effect, policy, statement, target }: Blocker): string {
  return JSON.stringify([layer, effect, policy, statement, target]);
}
