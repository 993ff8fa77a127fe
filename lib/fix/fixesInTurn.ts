import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { layerOwners } from "../facts/layers.js";
import { placesOf } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Change, Edit } from "./Change.js";
import { capacityOf } from "./capacityOf.js";
import { compatibleCures } from "./compatibleCures.js";
import { type Course, course } from "./course.js";
import { coursesFor } from "./coursesFor.js";
import { alternativesFor, curesInTurn, type Trial } from "./curesInTurn.js";
import { untried } from "./documentChange.js";
import { fixesOf } from "./fixesOf.js";
import { hiddenSilence } from "./hiddenSilence.js";
import { notedTogether } from "./notedTogether.js";
import { patientOf } from "./Patient.js";
import { type JudgeOfChanges, type Outcome, pairsBlocked, stands, tryEdits, withoutPast } from "./proof.js";
import { sharedDocuments } from "./sharedDocuments.js";
import { firstEdits, togetherOf } from "./togetherOf.js";

/**
 * Fixes for each blocker, tried by diagnosing again: one by one, with a pause after each, and all together. Every blocker
 * has at least one; one that is not verified says why in its note, by one of the reasons of lib/fix/obstacles.
 *
 * @param judge what blocks a changed snapshot
 * @param until epoch milliseconds after which no further proof is begun
 */
export function* fixesInTurn(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  judge: JudgeOfChanges,
  until = Number.POSITIVE_INFINITY,
): Generator<void, Fix[]> {
  const { blockers } = diagnosis;
  const present = withoutPast(snapshot);
  const isWhole = present === snapshot && diagnosis.omittedBlockers === undefined;
  const before = isWhole ? diagnosis : judge(present);
  yield;
  const places = placesOf(present);
  const capacity = capacityOf(places);
  const patient = patientOf(present, places, capacity.proofs > 2 ? hiddenSilence(present, places, before, judge) : []);
  yield;
  const blocks = pairsBlocked(before);
  yield;
  const courses = new Map<number, readonly Course[]>();
  const outcomes = new Map<readonly Edit[], Outcome | "impossible">();
  const tried: Trial["tried"] = (edits) => {
    const known = outcomes.get(edits);
    if (known !== undefined || outcomes.size >= capacity.proofs || Date.now() >= until) return known ?? null;
    const outcome = tryEdits(patient, blocks, edits, judge) ?? "impossible";
    outcomes.set(edits, outcome);
    return outcome;
  };
  const thoughtOf = (index: number, blocker: Blocker) =>
    index < capacity.blockers
      ? coursesFor(patient, blocker, diagnosis)
      : [course(false, () => [notThoughtOf(blocker)])];
  const trial: Trial = {
    courses: (index) => {
      const known = courses.get(index);
      const blocker = blockers[index];
      const made = known ?? (blocker === undefined ? [] : thoughtOf(index, blocker));
      courses.set(index, made);
      return made;
    },
    tried,
    isThere: (blocker) => stands(blocker, blocks),
  };
  let turns = capacity.togethers;
  const tryAll = (edits: readonly Edit[]) => {
    if (turns === 0 || edits.length === 0 || Date.now() >= until) return null;
    turns -= 1;
    return tryEdits(patient, blocks, edits, judge);
  };

  let used = trial;
  yield;
  let answers = yield* curesInTurn(diagnosis, used);
  let together = togetherOf(answers, tryAll);
  if (together?.isWrong === true && firstEdits(answers).some(isKeyChoice)) {
    // What was thought of for the key that is there does not fit another one.
    const kept = (index: number) =>
      trial.courses(index).flatMap(({ isFallback, changes }) => {
        const others = changes().filter(({ edits }) => !edits.some(isKeyChoice));
        return others.length === 0 ? [] : [{ isFallback, changes: () => others }];
      });
    used = { ...trial, courses: kept };
    answers = yield* curesInTurn(diagnosis, used);
    together = togetherOf(answers, tryAll);
  }
  yield;
  if (together?.isWrong === true) {
    // The last turn is for what comes of it.
    answers = compatibleCures(diagnosis, answers, used, (edits) => (turns > 1 ? tryAll(edits) : null));
    together = togetherOf(answers, tryAll);
  }
  for (const [index, answer] of answers.entries()) {
    const blocker = blockers[index];
    if (answer.kind !== "proven" || blocker === undefined) continue;
    answer.proven.push(...alternativesFor(blocker, answer, used.courses(index), used));
    yield;
  }
  const documents = sharedDocuments(patient, blockers, answers, together?.outcome ?? null, tryAll);
  yield;
  const fixes: Fix[] = [];
  for (const [index, answer] of answers.entries()) {
    fixes.push(...fixesOf(patient, diagnosis, index, answer, { together, documents }));
    if (answer.kind === "proven") yield;
  }
  return notedTogether(fixes);
}

/** Of the many blockers of a large snapshot only what they are is told. */
function notThoughtOf({ layer, policy, reason }: Blocker): Change {
  const title = `Have what blocks changed: ${reason}`;
  const fix = {
    layer,
    owner: layerOwners[layer],
    title,
    policy: policy?.name ?? null,
    change: "other",
    statement: null,
  } as const;
  return untried(fix, "not-tried");
}

function isKeyChoice({ kind }: Edit): boolean {
  return kind === "key-choice";
}
