import type { Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import type { PolicyLayer } from "../facts/layers.js";
import { placesOf } from "../snapshot/layerEvidence.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
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
  const made = everyPlaceOf(places, place).reduce(
    (changed, { path, policy }) => withPolicyAt(changed, path, { ...policy, document: after }),
    snapshot,
  );
  return (fix.further ?? []).reduce<Snapshot | null>(withFurtherMade, made);
}

function withFurtherMade(
  snapshot: Snapshot | null,
  { target, policy: name, policyId, document }: NonNullable<Fix["further"]>[number],
): Snapshot | null {
  if (snapshot === null) return null;
  const layer = "service-control-policy";
  if (document.before === null) {
    return applyEdits(snapshot, [{ kind: "new-policy", layer, target, policy: { name, document: document.after } }]);
  }
  const place = placesOf(snapshot).find(
    (one) => one.layer === layer && one.target === target && isPolicy(one.policy, name, policyId),
  );
  return place === undefined ? null : withPolicyAt(snapshot, place.path, { ...place.policy, document: document.after });
}

function isPolicy({ name, id, arn }: Policy, wanted: string, wantedId: string | undefined): boolean {
  return wantedId === undefined ? name === wanted : wantedId === id || arn?.endsWith(`/${wantedId}`) === true;
}
