import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { layerOwners } from "../facts/layers.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Change, Edit } from "./Change.js";
import { capacityOf } from "./capacityOf.js";
import { compatibleCures } from "./compatibleCures.js";
import { type Course, course } from "./course.js";
import { coursesFor } from "./coursesFor.js";
import { alternativesFor, type Cure, curesFor, type Trial } from "./curesFor.js";
import { isCallersOwn, untried } from "./documentChange.js";
import { hiddenSilence } from "./hiddenSilence.js";
import { obstacles } from "./obstacles.js";
import { blamedPlace, type Patient, patientOf } from "./Patient.js";
import { type JudgeOfChanges, type Outcome, pairsBlocked, stands, tryEdits, withoutPast } from "./proof.js";
import { type SharedDocuments, sharedDocuments } from "./sharedDocuments.js";
import { firstEdits, type Together, togetherOf } from "./togetherOf.js";
import { type Besides, widensOf } from "./widensOf.js";

/**
 * Fixes for each blocker, tried by diagnosing again: one by one, and all together. Every blocker has at least one; one
 * that is not verified says why in its note, by one of the reasons of lib/fix/obstacles.
 *
 * @param judge what blocks a changed snapshot
 * @param until epoch milliseconds after which no further proof is begun
 */
export function fixesFor(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  judge: JudgeOfChanges,
  until = Number.POSITIVE_INFINITY,
): Fix[] {
  const { blockers } = diagnosis;
  const present = withoutPast(snapshot);
  const isWhole = present === snapshot && diagnosis.omittedBlockers === undefined;
  const before = isWhole ? diagnosis : judge(present);
  const capacity = capacityOf(present);
  const patient = patientOf(present, capacity.proofs > 2 ? hiddenSilence(present, before, judge) : []);
  const blocks = pairsBlocked(before);
  const courses = new Map<number, readonly Course[]>();
  const outcomes = new Map<readonly Edit[], Outcome | "impossible">();
  const tried: Trial["tried"] = (edits) => {
    const known = outcomes.get(edits);
    if (known !== undefined || outcomes.size >= capacity.proofs || Date.now() >= until) return known ?? null;
    const outcome = tryEdits(patient, before, edits, judge) ?? "impossible";
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
    return tryEdits(patient, before, edits, judge);
  };

  let used = trial;
  let answers = curesFor(diagnosis, used);
  let together = togetherOf(answers, tryAll);
  if (together?.isWrong === true && firstEdits(answers).some(isKeyChoice)) {
    // What was thought of for the key that is there does not fit another one.
    const kept = (index: number) =>
      trial.courses(index).flatMap(({ isFallback, changes }) => {
        const others = changes().filter(({ edits }) => !edits.some(isKeyChoice));
        return others.length === 0 ? [] : [{ isFallback, changes: () => others }];
      });
    used = { ...trial, courses: kept };
    answers = curesFor(diagnosis, used);
    together = togetherOf(answers, tryAll);
  }
  if (together?.isWrong === true) {
    // The last turn is for what comes of it.
    answers = compatibleCures(diagnosis, answers, used, (edits) => (turns > 1 ? tryAll(edits) : null));
    together = togetherOf(answers, tryAll);
  }
  for (const [index, answer] of answers.entries()) {
    const blocker = blockers[index];
    if (answer.kind !== "proven" || blocker === undefined) continue;
    answer.proven.push(...alternativesFor(blocker, answer, used.courses(index), used));
  }
  const documents = sharedDocuments(patient, blockers, answers, together?.outcome ?? null, tryAll);
  return answers.flatMap((answer, index) => fixesOf(patient, diagnosis, index, answer, { together, documents }));
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

function fixesOf(
  patient: Patient,
  diagnosis: Diagnosis,
  index: number,
  answer: Cure,
  { together, documents }: { together: Together | null; documents: SharedDocuments },
): Fix[] {
  const { blockers } = diagnosis;
  const blocker = blockers[index];
  if (blocker === undefined) return [];
  switch (answer.kind) {
    case "needless": {
      const title = `Nothing of its own: the fix of blocker ${answer.by + 1} removes this one, too`;
      const { layer } = blocker;
      const owner = layerOwners[layer];
      return [
        {
          blocker: index,
          layer,
          owner,
          title,
          policy: null,
          change: "other",
          statement: null,
          verified: true,
          widens: [],
        },
      ];
    }
    case "unproven": {
      const { change, obstacle } = answer;
      const fix = fixOf(patient, blockers, index, change, blocker.actions);
      const isSaid = fix.note?.includes(obstacles[obstacle]) === true;
      return [{ ...fix, verified: false, ...(!isSaid && { note: joined(fix.note, obstacles[obstacle]) }) }];
    }
    case "proven":
      return answer.proven.map(({ change: own }, rank) => {
        const shared = documents.of.get(own);
        const { change, asked } = shared?.merged ?? { change: own, asked: blocker.actions };
        const made = fixOf(patient, blockers, index, change, asked);
        const fix = { ...made, verified: true, ...(shared !== undefined && { note: joined(made.note, shared.note) }) };
        if (together?.last !== index || rank > 0) return fix;
        return { ...fix, note: joined(fix.note, together.sentence(documents.isApart)) };
      });
  }
}

function joined(note: string | undefined, more: string): string {
  return note === undefined ? more : `${note} ${more}`;
}

function fixOf(
  patient: Patient,
  blockers: readonly Blocker[],
  index: number,
  change: Change,
  asked: readonly string[],
): Omit<Fix, "verified"> {
  const { layer, document } = change.fix;
  const widens =
    document === undefined || layer === "key-state"
      ? []
      : widensOf(
          patient,
          layer,
          { ...document, ...(change.before !== undefined && { before: change.before }) },
          {
            asked,
            isShared: !change.edits.every((edit) => isForCallerAlone(patient, edit)),
            besides: otherDenies(patient, blockers, change),
          },
        );
  const further = (change.fix.further ?? []).flatMap((one) =>
    widensOf(patient, "service-control-policy", one.document, {
      asked,
      isShared: true,
      besides: { before: new Set(), after: new Set() },
    }),
  );
  return { blocker: index, ...change.fix, widens: [...widens, ...further, ...change.alsoWidens] };
}

/** Statements of the same document that other fixes are for: what they still deny is not to hide what this one opens. */
function otherDenies({ places }: Patient, blockers: readonly Blocker[], { edits }: Change): Besides {
  const [edit] = edits;
  if (edit?.kind !== "document") return { before: new Set(), after: new Set() };
  const own = new Set([...edit.replaced.map((one) => one.index), ...edit.removed]);
  const before = new Set(
    blockers.flatMap(({ statement, ...blocker }) => {
      if (statement === null || own.has(statement.index)) return [];
      const path = blamedPlace(places, blocker)?.path;
      return path !== undefined && edit.paths.includes(path) ? [statement.index] : [];
    }),
  );
  const shifted = (index: number) => index - edit.removed.filter((gone) => gone < index).length;
  return { before, after: new Set([...before].map(shifted)) };
}

/** Whether nobody else is under the policy that an edit changes or makes. */
function isForCallerAlone(patient: Patient, edit: Edit): boolean {
  const isFederated = patient.inquiry.caller.kind === "federated-user";
  if (edit.kind === "new-policy") {
    return edit.layer !== "service-control-policy" && !(edit.layer === "identity-policy" && isFederated);
  }
  if (edit.kind !== "document") return true;
  const place = patient.places.find(({ path }) => edit.paths.includes(path));
  if (place === undefined) return true;
  return isCallersOwn(patient, place) || (place.layer === "session-policy" && place.policy.arn === undefined);
}
