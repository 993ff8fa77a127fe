import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { isFields } from "../policy/policyFields.js";
import { placesOf } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { applyEdits } from "./applyEdits.js";
import type { Edit } from "./Change.js";
import { blamedPlace } from "./Patient.js";
import { pairsBlocked, stands } from "./proof.js";
import { statementsOf } from "./sidsOf.js";

/** What would block by silence if nothing denied explicitly: a layer that denies does not tell that it is silent, too. */
export function hiddenSilence(
  snapshot: Snapshot,
  before: Diagnosis,
  diagnose: (snapshot: Snapshot) => Diagnosis,
): readonly Blocker[] {
  const places = placesOf(snapshot);
  const edits = before.blockers.flatMap((blocker): Edit[] => {
    const { effect, statement: at } = blocker;
    const place = effect === "explicitDeny" ? blamedPlace(places, blocker) : undefined;
    const denying = place === undefined || at === null ? undefined : statementsOf(place.policy)[at.index];
    if (place === undefined || at === null || !isFields(denying)) return [];
    const { NotAction: _, ...rest } = denying;
    const replaced = [{ index: at.index, statement: { ...rest, Action: "none:None" } }];
    return [{ kind: "document", paths: [place.path], replaced, removed: [], added: [] }];
  });
  if (edits.length === 0) return [];
  const bare = applyEdits(snapshot, edits);
  const known = pairsBlocked(before);
  return bare === null
    ? []
    : diagnose(bare).blockers.filter(
        (blocker) =>
          blocker.effect === "implicitDeny" &&
          blocker.actions.some((action) => !stands({ ...blocker, actions: [action] }, known)),
      );
}
