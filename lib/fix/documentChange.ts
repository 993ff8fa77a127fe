import { isAwsOwned } from "../facts/arn.js";
import { type Layer, type PolicyLayer, principalLayers } from "../facts/layers.js";
import { policyCounts } from "../facts/policyCounts.js";
import { iamSizes, type PolicySize, serviceSizes } from "../facts/policySizes.js";
import { parsedPolicy } from "../policy/policyMemory.js";
import { readDocument } from "../policy/readDocument.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Change, DocumentEdit, Edit } from "./Change.js";
import { editedDocument } from "./editedDocument.js";
import { type Obstacle, obstacles } from "./obstacles.js";
import { everyPlaceOf, type Patient } from "./Patient.js";

type Told = Omit<Change["fix"], "layer" | "document" | "note"> & { note?: string };

/** A change of statements in a policy that the snapshot holds. */
export function documentChange(
  patient: Patient,
  place: PolicyPlace,
  edit: Partial<Pick<DocumentEdit, "replaced" | "removed" | "added">>,
  told: Told,
  more: Partial<Pick<Change, "isFallback" | "alsoWidens">> = {},
): Change {
  const { layer, policy } = place;
  const { replaced = [], removed = [], added = [] } = edit;
  const paths = everyPlaceOf(patient.places, place, patient.read).map(({ path }) => path);
  const known = patient.read(policy);
  const before = known.read?.text ?? null;
  const edited = editedDocument(policy.document, { replaced, removed, added }, known);
  const size = sizeOf(patient, place);
  const after = edited === null ? null : fitting(edited, size);
  const obstacle = obstacleOf(patient, place, after, size);
  // What is longer by far is of no use, and would stand twice in every fix.
  const isCarried = obstacle !== "aws-managed" && (after === null || after.length <= 2 * size.most);
  const notes = [told.note, obstacle === null ? undefined : noteOf(patient, obstacle, after, size)].filter(
    (one) => one,
  );
  const { note: _, ...plain } = told;
  return {
    fix: {
      layer,
      ...plain,
      ...(notes.length > 0 && { note: notes.join(" ") }),
      ...(after !== null && isCarried && { document: { before, after } }),
    },
    edits: [
      {
        kind: "document",
        paths,
        replaced,
        removed,
        added,
        ...(after !== null && isCarried && { made: { of: policy.document, text: after } }),
      },
    ],
    obstacle,
    isFallback: false,
    alsoWidens: [],
    ...more,
  };
}

/** A change that makes a policy. */
export function newPolicyChange(
  patient: Patient,
  edit: Extract<Edit, { kind: "new-policy" }>,
  size: PolicySize,
  taken: number,
  told: Told & { layer: Layer },
  more: Partial<Pick<Change, "isFallback" | "alsoWidens">> = {},
): Change {
  const after = JSON.stringify(edit.policy.document, null, 2);
  const isTooLong = lengthOf(after, size) + taken > size.most;
  const obstacle = isTooLong
    ? "too-long"
    : told.change === "attach-policy" && attachedCount(patient, edit) >= mostAttached(edit.layer)
      ? "too-many"
      : edit.layer === "identity-policy"
        ? (patient.holder?.obstacle ?? null)
        : null;
  const { note: told_, ...plain } = told;
  const note = [told_, obstacle === null ? undefined : noteOf(patient, obstacle, after, size)]
    .filter((one) => one)
    .join(" ");
  return {
    fix: { ...plain, document: { before: null, after }, ...(note !== "" && { note }) },
    edits: [edit],
    obstacle,
    isFallback: false,
    alsoWidens: [],
    ...more,
  };
}

/** How many policies are attached where one more is to be: to the user or role, or to the target. */
function attachedCount(
  { places }: Patient,
  { layer, target, policy: made }: Extract<Edit, { kind: "new-policy" }>,
): number {
  const isThere = ({ policy }: PolicyPlace) =>
    layer === "service-control-policy" ||
    (policy.arn !== undefined && (policy.attachedTo ?? made.attachedTo) === made.attachedTo);
  return places.filter((place) => place.layer === layer && place.target === target && isThere(place)).length;
}

function mostAttached(layer: PolicyLayer): number {
  return layer === "service-control-policy" ? policyCounts.serviceControl : policyCounts.managed;
}

/** What can be said but not tried, and why. */
export function untried(
  told: Change["fix"],
  obstacle: Obstacle,
  more: Partial<Pick<Change, "isFallback" | "alsoWidens">> = {},
): Change {
  const note = told.note === undefined ? obstacles[obstacle] : `${told.note} ${obstacles[obstacle]}`;
  return { fix: { ...told, note }, edits: [], obstacle, isFallback: false, alsoWidens: [], ...more };
}

function noteOf({ holder }: Patient, obstacle: Obstacle, after: string | null, size: PolicySize): string {
  const set = holder?.permissionSet ?? null;
  if (obstacle === "permission-set" && set !== null) return `${obstacles[obstacle]} It is the permission set ${set}.`;
  if (obstacle !== "too-long" || after === null) return obstacles[obstacle];
  return `${obstacles[obstacle]} It would have ${lengthOf(after, size)} ${size.unit}; of ${size.what} AWS takes ${size.most}.`;
}

function obstacleOf(patient: Patient, place: PolicyPlace, after: string | null, size: PolicySize): Obstacle | null {
  const { policy, layer } = place;
  if (policy.document === null) return "not-read";
  if (isAwsOwned(policy.arn) || (policy.id !== undefined && isAwsOwned(policy.id))) return "aws-managed";
  if (layer === "key-policy" && patient.inquiry.key.isAwsManaged) return "aws-managed";
  const { holder } = patient;
  if (isHoldersOwn(patient, place) && holder !== null && holder.obstacle !== null) return holder.obstacle;
  if (after === null) return "damaged";
  // Measured first: a document of any length would be parsed to no end.
  if (lengthOf(after, size) + takenBeside(patient, place, size) > size.most) return "too-long";
  return parsedPolicy(after, principalLayers.has(layer)).damage.length > 0 ? "damaged" : null;
}

/** Whether a policy, with the others that count with it, is longer than AWS allows, however it is written. */
export function isOverlong(patient: Patient, place: PolicyPlace): boolean {
  const size = sizeOf(patient, place);
  const text = fitting(patient.read(place.policy).read?.text ?? "", size);
  return lengthOf(text, size) + takenBeside(patient, place, size) > size.most;
}

/** The inline policy of the very user or role; one of which nothing is said is taken for that. */
export function isHoldersOwn({ holder }: Patient, { layer, policy }: PolicyPlace): boolean {
  const { arn, attachedTo } = policy;
  if (layer !== "identity-policy" || arn !== undefined || holder === null) return false;
  return attachedTo === undefined || attachedTo === `${holder.kind}/${holder.name}`;
}

/** The same where nobody else is under it: what a user federates is under the user's policies, too. */
export function isCallersOwn(patient: Patient, place: PolicyPlace): boolean {
  return isHoldersOwn(patient, place) && patient.inquiry.caller.kind !== "federated-user";
}

/** How long such a policy may be. */
function sizeOf(patient: Patient, { layer, policy }: PolicyPlace): PolicySize {
  switch (layer) {
    case "identity-policy":
      return policy.arn === undefined ? inlineSize(patient, policy.attachedTo) : iamSizes.managed;
    case "session-policy":
      return policy.arn === undefined ? iamSizes.session : iamSizes.managed;
    case "permissions-boundary":
      return iamSizes.managed;
    case "service-control-policy":
    case "resource-control-policy":
    case "key-policy":
    case "vpc-endpoint-policy":
      return serviceSizes[layer];
  }
}

/** The quota of all inline policies of one user, group or role. */
export function inlineSize({ holder }: Patient, attachedTo?: string): PolicySize {
  const kind = attachedTo?.split("/", 1)[0] ?? holder?.kind;
  return kind === "user" ? iamSizes.user : kind === "group" ? iamSizes.group : iamSizes.role;
}

/** What the other inline policies of the same user, group or role take of it. */
function takenBeside(patient: Patient, { layer, path, policy }: PolicyPlace, size: PolicySize): number {
  if (layer !== "identity-policy" || policy.arn !== undefined) return 0;
  return inlineLength(patient, policy.attachedTo, size, path);
}

/** How long the inline policies of a user, group or role are together, but the one at a path. */
export function inlineLength(
  { places, holder, read }: Patient,
  attachedTo: string | undefined,
  size: PolicySize,
  butPath: string | null = null,
): number {
  // One of which nothing is said counts for the caller's own.
  const own = holder === null ? undefined : `${holder.kind}/${holder.name}`;
  return places
    .filter(({ layer, policy }) => layer === "identity-policy" && policy.arn === undefined)
    .filter(({ path, policy }) => path !== butPath && (policy.attachedTo ?? own) === (attachedTo ?? own))
    .reduce((sum, { policy }) => sum + lengthOf(read(policy).read?.text ?? "", size), 0);
}

function lengthOf(text: string, { blanksCount, unit }: PolicySize): number {
  const counted = blanksCount ? text : text.replace(/\s+/g, "");
  return unit === "bytes" ? Buffer.byteLength(counted) : counted.length;
}

/** Where blanks count and are too many, the document without them. */
function fitting(text: string, size: PolicySize): string {
  if (!size.blanksCount || lengthOf(text, size) <= size.most) return text;
  const read = readDocument(text);
  return "problem" in read ? text : JSON.stringify(read.fields);
}
