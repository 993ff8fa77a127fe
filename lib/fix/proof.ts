import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { callKind } from "../facts/actions.js";
import { placesOf } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { applyEdits } from "./applyEdits.js";
import type { Edit } from "./Change.js";
import { isOverlong } from "./documentChange.js";
import { blamedPlace, type Patient } from "./Patient.js";

/** What blocks what: one for each blocker and action, so that a blocker may come to hold fewer actions. */
export type Blocks = ReadonlySet<string>;

/** The snapshot without all that speaks of the past; itself where nothing does. */
export function withoutPast(snapshot: Snapshot): Snapshot {
  const { denial, simulation, dryRun, cloudTrail } = snapshot;
  const isSilent = (evidence: { status: string } | undefined) =>
    evidence === undefined || evidence.status === "notRead";
  if (denial === null && isSilent(simulation) && isSilent(dryRun) && isSilent(cloudTrail)) return snapshot;
  const notRead = { status: "notRead" } as const;
  return { ...snapshot, denial: null, simulation: notRead, dryRun: notRead, cloudTrail: notRead };
}

/** What a proof needs of a diagnosis; `others`: the blockers that it leaves out, where there are any. */
export type Judged = Pick<Diagnosis, "blockers" | "outcome"> & { others?: () => readonly Blocker[] };

/** Judges a changed snapshot, and names the actions that are not decided. */
export type JudgeOfChanges = (snapshot: Snapshot) => Judged & { undecided: readonly string[] };

/** All that blocks, also what a diagnosis only counts: of more than it tells, others come forward where some are gone. */
export function everyBlocker({ blockers, others = () => [] }: Judged): readonly Blocker[] {
  return [...blockers, ...others()];
}

/** What blocks in a diagnosis. */
export function pairsBlocked(judged: Judged): Blocks {
  const blocks = new Set<string>();
  for (const blocker of everyBlocker(judged)) {
    const name = nameOf(blocker);
    for (const action of blocker.actions) blocks.add(`${action} ${name}`);
  }
  return blocks;
}

/** Whether a blocker still stands, for any of its actions. */
export function stands(blocker: Blocker, blocks: Blocks): boolean {
  const name = nameOf(blocker);
  return blocker.actions.some((action) => blocks.has(`${action} ${name}`));
}

/** Policies as texts: hundreds of blockers may be of one. */
const policyTexts = new WeakMap<NonNullable<Blocker["policy"]>, string>();

function nameOf({ layer, effect, policy, statement, target }: Blocker): string {
  let text = policy === null ? "" : policyTexts.get(policy);
  if (policy !== null && text === undefined) {
    text = JSON.stringify(policy);
    policyTexts.set(policy, text);
  }
  return `${layer} ${effect} ${statement?.index ?? ""} ${target === null ? "" : JSON.stringify(target)} ${text}`;
}

/** What is left after changes, told as before them; null where they cannot be made. */
export interface Outcome {
  blocks: Blocks;
  outcome: Diagnosis["outcome"];
  /** Blocks only since the changes. */
  isWorse: boolean;
  /** Another key was chosen, and whether it may be used could not be decided. */
  isUndecided: boolean;
  /** Together the changes make a policy, or the inline policies of one, longer than AWS allows. */
  isTooLong: boolean;
}

/**
 * Makes changes and diagnoses again (specification, rule 15).
 *
 * @param known what blocks the patient as it is
 */
export function tryEdits(
  patient: Patient,
  known: Blocks,
  edits: readonly Edit[],
  judge: JudgeOfChanges,
): Outcome | null {
  const { snapshot, places } = patient;
  const changed = applyEdits(snapshot, edits);
  if (changed === null) return null;
  const after = judge(changed);
  const removed = new Map<string, readonly number[]>();
  for (const edit of edits) {
    if (edit.kind !== "document" || edit.removed.length === 0) continue;
    for (const path of edit.paths) removed.set(path, [...(removed.get(path) ?? []), ...edit.removed]);
  }
  const blockers = everyBlocker(after).map((blocker) => {
    const path = blamedPlace(places, blocker)?.path;
    const gone = path === undefined ? undefined : removed.get(path);
    return gone === undefined ? blocker : asBefore(blocker, gone);
  });
  const blocks = pairsBlocked({ blockers, outcome: after.outcome });
  const isUndecided =
    edits.some((edit) => edit.kind === "key-choice" && edit.encryptionKeyArn === null) &&
    after.undecided.some((action) => callKind(action) === "kms");
  const isWorse = [...blocks].some((block) => !known.has(block));
  const isTooLong = edits.length > 1 && isCrowded(patient, placesOf(changed));
  return { blocks, outcome: after.outcome, isWorse, isUndecided, isTooLong };
}

/** Whether a policy that has grown by them is longer than AWS allows now: each change was measured by itself alone. */
function isCrowded(patient: Patient, places: Patient["places"]): boolean {
  const before = new Map(patient.places.map(({ path, policy }) => [path, policy.document]));
  const changed = { ...patient, places };
  return places.some((place) => before.get(place.path) !== place.policy.document && isOverlong(changed, place));
}

/** Statements behind one that was removed had a higher index before. */
function asBefore(blocker: Blocker, removed: readonly number[]): Blocker {
  if (blocker.statement === null) return blocker;
  let { index } = blocker.statement;
  for (const gone of [...new Set(removed)].sort((one, other) => one - other)) if (gone <= index) index += 1;
  return { ...blocker, statement: { ...blocker.statement, index } };
}
