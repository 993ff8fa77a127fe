import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Change, Edit } from "./Change.js";
import type { Course } from "./course.js";
import type { Obstacle } from "./obstacles.js";
import { type Outcome, stands } from "./proof.js";

/** What came of a blocker. */
export type Cure =
  | { kind: "proven"; proven: [Proven, ...Proven[]] }
  /** Removed by the fix of another one. */
  | { kind: "needless"; by: number }
  | { kind: "unproven"; change: Change; obstacle: Obstacle };

/** A change that removes its blocker, and what is left after it. */
export interface Proven {
  change: Change;
  outcome: Outcome;
}

/** How changes are tried. */
export interface Trial {
  /** What might remove a blocker, by its index. */
  courses: (index: number) => readonly Course[];
  /** Null where there is no time or no turn left; "impossible" where it cannot be made. */
  tried: (edits: readonly Edit[]) => Outcome | "impossible" | null;
  /** Whether the blocker is there without what speaks of the past. */
  isThere: (blocker: Blocker) => boolean;
}

/**
 * A proven change for each blocker, where there is one, tried one by one: the first that removes it and lets nothing new
 * block. What another's change removes as well gets none of its own. Pauses after each blocker.
 */
export function* curesInTurn({ blockers }: Pick<Diagnosis, "blockers">, trial: Trial): Generator<void, Cure[]> {
  const answers: Cure[] = [];
  for (const [index, blocker] of blockers.entries()) {
    if (index > 0) yield;
    const by = trial.isThere(blocker) ? answers.findIndex((one) => removes(one, blocker)) : -1;
    answers.push(by >= 0 ? { kind: "needless", by } : firstProven(blocker, trial.courses(index), trial));
  }
  dropNeedless(blockers, answers);
  return answers;
}

/** Further changes for a blocker that has one, as long as there are turns left. */
export function alternativesFor(
  blocker: Blocker,
  { proven }: Extract<Cure, { kind: "proven" }>,
  courses: readonly Course[],
  trial: Trial,
): Proven[] {
  const [first] = proven;
  const changes = courses.flatMap(({ isFallback, changes: made }) => made().map((change) => ({ isFallback, change })));
  const at = changes.findIndex(({ change }) => change === first.change);
  return changes.slice(at + 1).flatMap(({ isFallback, change }) => {
    if (isFallback || change.obstacle !== null || change.isFallback) return [];
    const outcome = trial.tried(change.edits);
    return outcome !== null && outcome !== "impossible" && isRemoved(blocker, outcome) ? [{ change, outcome }] : [];
  });
}

/** The first change that removes a blocker, or why there is none. */
export function firstProven(blocker: Blocker, courses: readonly Course[], trial: Trial): Cure {
  const first = courses[0]?.changes()[0];
  if (first === undefined) throw new Error("coursesFor gives a change for every blocker");
  if (!trial.isThere(blocker)) return { kind: "unproven", change: first, obstacle: first.obstacle ?? "only-said" };
  // Why the blocker cannot be removed tells more than that something did not do it.
  let barred: Change | undefined;
  let undecided: Change | undefined;
  for (const one of courses) {
    for (const change of one.changes()) {
      if (change.obstacle !== null) {
        barred ??= change;
        continue;
      }
      const outcome = trial.tried(change.edits);
      if (outcome === null) return { kind: "unproven", change, obstacle: "not-tried" };
      if (outcome === "impossible") continue;
      if (isRemoved(blocker, outcome)) return { kind: "proven", proven: [{ change, outcome }] };
      if (outcome.isUndecided) undecided ??= change;
    }
  }
  if (undecided !== undefined && (barred === undefined || barred.obstacle === "aws-managed")) {
    return { kind: "unproven", change: undecided, obstacle: "key-undecided" };
  }
  return { kind: "unproven", change: barred ?? first, obstacle: barred?.obstacle ?? "stays" };
}

/** Whether a change does what it is for, and nothing else comes of it. */
export function isRemoved(blocker: Blocker, { blocks, isWorse, isUndecided }: Outcome): boolean {
  return !isWorse && !isUndecided && !stands(blocker, blocks);
}

function removes(answer: Cure, blocker: Blocker): boolean {
  return answer.kind === "proven" && !stands(blocker, answer.proven[0].outcome.blocks);
}

/** What a later fix removes as well needs none of its own, as what is wrong with a key that another one replaces. */
function dropNeedless(blockers: readonly Blocker[], answers: Cure[]): void {
  for (const [index, answer] of answers.entries()) {
    const blocker = blockers[index];
    const isOnlySaid = answer.kind === "unproven" && answer.obstacle === "only-said";
    if (answer.kind === "needless" || isOnlySaid || blocker === undefined) continue;
    const by = answers.findIndex((other, at) => at > index && removes(other, blocker));
    if (by < 0) continue;
    for (const [at, other] of answers.entries()) {
      if (other.kind === "needless" && other.by === index) answers[at] = { kind: "needless", by };
    }
    answers[index] = { kind: "needless", by };
  }
}
