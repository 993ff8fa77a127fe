import type { Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import type { PolicyLayer } from "../facts/layers.js";
import { placesOf } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { applyEdits } from "./applyEdits.js";
import { documentText } from "./documentText.js";
import { blamedPlace, everyPlaceOf } from "./Patient.js";
import { withPolicyAt } from "./withPolicyAt.js";

/**
 * The snapshot with a fix made as whoever makes it would, from what it tells alone: `document.after` in the place of the
 * policy that it changes, or as a new policy.
 *
 * @returns null where no document is changed, or the policy is not in the snapshot
 */
export function withFixMade(snapshot: Snapshot, { blockers }: Pick<Diagnosis, "blockers">, fix: Fix): Snapshot | null {
  const { document, policy: name } = fix;
  const blocker = blockers[fix.blocker];
  if (document === undefined || blocker === undefined || fix.layer === "key-state") return null;
  const layer: PolicyLayer = fix.layer;
  const { before, after } = document;
  if (before === null) {
    const policy = { name: name ?? "", document: after };
    return applyEdits(snapshot, [{ kind: "new-policy", layer, target: blocker.target, policy }]);
  }
  const places = placesOf(snapshot);
  const place =
    blamedPlace(places, blocker) ??
    places.find(
      (one) => one.layer === layer && one.policy.name === name && documentText(one.policy.document) === before,
    );
  if (place === undefined || documentText(place.policy.document) !== before) return null;
  return everyPlaceOf(places, place).reduce(
    (changed, { path, policy }) => withPolicyAt(changed, path, { ...policy, document: after }),
    snapshot,
  );
}
