import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Change } from "./Change.js";

/** The snapshot without all that speaks of the past: the denial, CloudTrail, the simulator and dry runs. */
export function withoutPast(snapshot: Snapshot): Snapshot {
  const notRead = { status: "notRead" } as const;
  return { ...snapshot, denial: null, simulation: notRead, dryRun: notRead, cloudTrail: notRead };
}

/**
 * Tries a change: the snapshot with it applied is diagnosed again, without what speaks of the past. It is proven where
 * its blocker was there before, is gone, and nothing new blocks (specification, rule 15).
 *
 * @param before the diagnosis of the snapshot without its past
 */
export function isProven(
  snapshot: Snapshot,
  before: Diagnosis,
  { blocker, apply }: Change,
  diagnose: (snapshot: Snapshot) => Diagnosis,
): boolean {
  if (!before.blockers.some((one) => covers(one, blocker))) return false;
  const applied = apply(snapshot);
  if (applied === null) return false;
  const after = diagnose(withoutPast(applied));
  const known = new Set(before.blockers.map(identity));
  const isGone = !after.blockers.some((one) => covers(one, blocker));
  return isGone && after.blockers.every((one) => known.has(identity(one)));
}

/** Still the same layer, effect and target over one of the same actions. */
function covers(one: Blocker, blocker: Blocker): boolean {
  return identity(one) === identity(blocker) && one.actions.some((action) => blocker.actions.includes(action));
}

function identity({ layer, effect, policy, statement, target }: Blocker): string {
  return JSON.stringify([layer, effect, policy, statement, target]);
}
