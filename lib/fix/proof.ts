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
  return new Set(everyBlocker(judged).flatMap((blocker) => blocker.actions.map((action) => blockOf(blocker, action))));
}

/** Whether a blocker still stands, for any of its actions. */
export function stands(blocker: Blocker, blocks: Blocks): boolean {
  return blocker.actions.some((action) => blocks.has(blockOf(blocker, action)));
}

function blockOf({ layer, effect, policy, statement, target }: Blocker, action: string): string {
  return JSON.stringify([layer, effect, policy, statement?.index ?? null, target, action]);
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
 * @param before what blocks the patient as it is
 */
export function tryEdits(
  patient: Patient,
  before: Judged,
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
  const known = pairsBlocked(before);
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
