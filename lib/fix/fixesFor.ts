import type { Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { changesFor } from "./changesFor.js";
import { isProven, withoutPast } from "./proven.js";

/** So many changes are tried; each costs a whole diagnosis. */
const mostProofs = 12;

/**
 * A fix for each blocker, tried by diagnosing again.
 *
 * @param diagnose the diagnosis without fixes
 * @param until epoch milliseconds after which no further proof is begun
 */
export function fixesFor(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  diagnose: (snapshot: Snapshot) => Diagnosis,
  until = Number.POSITIVE_INFINITY,
): Fix[] {
  const changes = diagnosis.blockers.flatMap((blocker, index) =>
    changesFor(snapshot, blocker).map((change) => ({ index, change })),
  );
  const before = diagnose(withoutPast(snapshot));
  return changes.map(({ index, change }, count): Fix => {
    const fix = structuredClone(change.fix);
    const isTried = count < mostProofs && Date.now() < until;
    if (!isTried)
      return {
        blocker: index,
        ...fix,
        verified: false,
        note: withNote(fix.note, "Not tried: there are too many to try in time."),
      };
    return { blocker: index, ...fix, verified: isProven(snapshot, before, change, diagnose) };
  });
}

function withNote(before: string | undefined, more: string): string {
  return before === undefined ? more : `${before} ${more}`;
}
