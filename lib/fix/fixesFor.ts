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
  const before = present === snapshot ? diagnosis : judge(present);
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
  return answers.flatMap((answer, index) => fixesOf(patient, diagnosis, index, answer, together));
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

function firstEdits(answers: readonly Cure[]): Edit[] {
  return answers.flatMap((answer) => (answer.kind === "proven" ? answer.proven[0].change.edits : []));
}

interface Together {
  /** Where the sentence goes: the last of them. */
  last: number;
  sentence: string;
  /** Together they do not do what each does. */
  isWrong: boolean;
}

/** All the first fixes made together; null where there are none, or no time. */
function togetherOf(answers: readonly Cure[], tryAll: (edits: readonly Edit[]) => Outcome | null): Together | null {
  const proven = answers.flatMap((answer, index) =>
    answer.kind === "proven" ? [{ index, first: answer.proven[0] }] : [],
  );
  const last = proven.at(-1);
  if (last === undefined) return null;
  const outcome = proven.length === 1 ? last.first.outcome : tryAll(firstEdits(answers));
  if (outcome === null) return null;
  const changes = proven.length === 1 ? "this change" : `these ${proven.length} changes`;
  const told = (sentence: string, isWrong = false) => ({ last: last.index, sentence, isWrong });
  const isUnfit = outcome.isUndecided || outcome.isTooLong;
  if (outcome.outcome === "allowed" && !isUnfit) return told(`With ${changes} the vault can be created.`);
  if (outcome.blocks.size === 0 && !isUnfit) {
    return told(`With ${changes} nothing that was read blocks any more; what is not known may.`);
  }
  if (!outcome.isWorse && !isUnfit && answers.some(({ kind }) => kind === "unproven")) {
    return told(`With ${changes} the blockers without a proven fix are left.`);
  }
  return told(`With ${changes} together something still blocks: make them one by one and ask again.`, true);
}

function fixesOf(
  patient: Patient,
  diagnosis: Diagnosis,
  index: number,
  answer: Cure,
  together: Together | null,
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
      const fix = fixOf(patient, blockers, index, change, blocker);
      const isSaid = fix.note?.includes(obstacles[obstacle]) === true;
      return [{ ...fix, verified: false, ...(!isSaid && { note: joined(fix.note, obstacles[obstacle]) }) }];
    }
    case "proven":
      return answer.proven.map(({ change }, rank) => {
        const fix = { ...fixOf(patient, blockers, index, change, blocker), verified: true };
        const isLast = together?.last === index && rank === 0;
        return isLast ? { ...fix, note: joined(fix.note, together.sentence) } : fix;
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
  { actions }: Blocker,
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
            asked: actions,
            isShared: !change.edits.every((edit) => isForCallerAlone(patient, edit)),
            besides: otherDenies(patient, blockers, change),
          },
        );
  return { blocker: index, ...change.fix, widens: [...widens, ...change.alsoWidens] };
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
