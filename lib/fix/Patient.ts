import { isDeepStrictEqual } from "node:util";
import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { parsePrincipalArn } from "../facts/arn.js";
import type { PolicyLayer } from "../facts/layers.js";
import { reservedPath, serviceLinkedPath } from "../facts/names.js";
import { type Inquiry, inquiryOf } from "../question/inquiryOf.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { Demand } from "./Demand.js";
import { type KnownDocument, newDocumentMemory } from "./KnownDocument.js";

/** The IAM user or role whose identity policies and boundary apply. */
export interface PolicyHolder {
  kind: "user" | "role";
  name: string;
  arn: string;
  /** Why nobody but AWS changes it; null where its account may. */
  obstacle: "permission-set" | "service-linked" | null;
  /** Of a role of IAM Identity Center: the permission set that it comes from. */
  permissionSet: string | null;
}

/** A snapshot without its past, read once for all the changes that are thought of. */
export interface Patient {
  snapshot: Snapshot;
  inquiry: Inquiry;
  places: readonly PolicyPlace[];
  /** A policy's document, read once. */
  read: (policy: Policy) => KnownDocument;
  /** Null: root, or a federated user whose issuer is not known. */
  holder: PolicyHolder | null;
  /** The ARN by which policies name the caller: the role or user behind it. */
  principalArn: string;
  /** Of the blocker at hand: what Allows demand that would let its actions through. */
  demands: readonly Demand[];
  /** What the caller's layers would be silent about if nothing denied explicitly, by layer and target. */
  hidden: readonly Blocker[];
}

export function patientOf(snapshot: Snapshot, places: readonly PolicyPlace[], hidden: readonly Blocker[]): Patient {
  return {
    snapshot,
    inquiry: inquiryOf(snapshot),
    places,
    read: newDocumentMemory(),
    holder: holderOf(snapshot),
    principalArn: snapshot.caller.principalArn,
    demands: [],
    hidden,
  };
}

function holderOf({ caller }: Snapshot): PolicyHolder | null {
  const arn = caller.issuerArn ?? caller.principalArn;
  const parsed = parsePrincipalArn(arn);
  if (parsed === null || (parsed.kind !== "user" && parsed.kind !== "role")) return null;
  const { kind, name, path } = parsed;
  const isReserved = kind === "role" && reservedPath.test(path);
  const [, permissionSet = null] = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name) ?? [];
  const obstacle = isReserved
    ? "permission-set"
    : kind === "role" && serviceLinkedPath.test(path)
      ? "service-linked"
      : null;
  return { kind, name, arn, obstacle, permissionSet };
}

/** The resource that an action is called on, as a statement's Resource; one that only a denial names as the row has it. */
export function resourceText({ inquiry }: Patient, action: string, { actions }: Pick<Diagnosis, "actions">): string {
  const question = inquiry.questions.find((one) => one.action === action);
  if (question === undefined) return actions.find((row) => row.action === action)?.resource ?? "*";
  return typeof question.resource === "string" ? question.resource : `${question.resource.prefix}*`;
}

/** The policy that a blocker names, as it stands in the snapshot; undefined where it was not read. */
export function blamedPlace(
  places: readonly PolicyPlace[],
  { layer, target, policy }: Pick<Blocker, "layer" | "target" | "policy">,
): PolicyPlace | undefined {
  if (policy === null) return undefined;
  return places.find(
    (place) =>
      place.layer === layer &&
      place.target === target &&
      (place.policy.name === policy.name || place.policy.name === "") &&
      place.policy.arn === policy.arn &&
      place.policy.id === policy.id &&
      place.policy.attachedTo === policy.attachedTo,
  );
}

/**
 * Everywhere where the same policy stands: what changes it changes it there as well. A managed policy of IAM's may be an
 * identity policy, a boundary and a session policy at once.
 */
export function everyPlaceOf(
  places: readonly PolicyPlace[],
  place: PolicyPlace,
  read: (policy: Policy) => KnownDocument = newDocumentMemory(),
): PolicyPlace[] {
  const { layer, policy } = place;
  const { arn, id } = policy;
  if (arn === undefined && id === undefined) return [place];
  return places.filter((one) => {
    if (one.policy.arn !== arn) return false;
    if (one.layer === layer) return one.policy.id === id;
    const isManaged = arn !== undefined && ofManagedPolicies.has(layer) && ofManagedPolicies.has(one.layer);
    // However it is written: an object, a text, a URL-encoded one.
    return isManaged && isSame(read(one.policy), read(policy));
  });
}

function isSame({ read: one }: KnownDocument, { read: other }: KnownDocument): boolean {
  return one !== null && other !== null && isDeepStrictEqual(one.fields, other.fields);
}

/** The layers that managed policies of IAM's can be in. */
const ofManagedPolicies: ReadonlySet<PolicyLayer> = new Set([
  "identity-policy",
  "permissions-boundary",
  "session-policy",
]);

/** A name that no policy of the layer, or of IAM at all, has: so none is overwritten and no service refuses it. */
export function freePolicyName({ places }: Patient, layer: PolicyPlace["layer"], wanted: string): string {
  const layers = ofManagedPolicies.has(layer) ? ofManagedPolicies : new Set([layer]);
  const taken = new Set(places.filter((place) => layers.has(place.layer)).map(({ policy }) => policy.name));
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
  return name;
}
