import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Change, Edit } from "./Change.js";
import { type Cure, firstProven, isRemoved, type Trial } from "./curesInTurn.js";
import type { Obstacle } from "./obstacles.js";
import { type Outcome, stands } from "./proof.js";

/**
 * Of cures that together do not do what each does alone, those that do, taken up in the blockers' order; the others say
 * so. A Deny at one target may hide, beside another Deny, that a third target is silent.
 */
export function compatibleCures(
  { blockers }: Pick<Diagnosis, "blockers">,
  answers: readonly Cure[],
  trial: Trial,
  tryAll: (edits: readonly Edit[]) => Outcome | null,
): Cure[] {
  const edits: Edit[] = [];
  const cured: Blocker[] = [];
  const obstacleOf = (outcome: Outcome | null, blocker: Blocker): Obstacle | null => {
    if (outcome === null) return "not-tried";
    if (outcome.isTooLong) return "too-long";
    const isLeft = [...cured, blocker].some((one) => stands(one, outcome.blocks));
    return outcome.isUndecided || outcome.isWorse || isLeft ? "stays" : null;
  };
  const takenUp = (answer: Cure, index: number, blocker: Blocker): Cure => {
    if (answer.kind !== "proven") return answer;
    const [first] = answer.proven;
    const taken = (change: Change, outcome: Outcome): Cure => {
      edits.push(...change.edits);
      cured.push(blocker);
      return { kind: "proven", proven: [{ change, outcome }] };
    };
    const outcome = edits.length === 0 ? first.outcome : tryAll([...edits, ...first.change.edits]);
    const obstacle = obstacleOf(outcome, blocker);
    if (outcome !== null && obstacle === null) return taken(first.change, first.outcome);
    // With those before it, it may be what lets a hidden silence come forward.
    const further = trial
      .courses(index)
      .flatMap((one) => one.changes())
      .find(({ fix }) => fix.further !== undefined);
    if (outcome?.isWorse === true && further !== undefined && further !== first.change) {
      const alone = trial.tried(further.edits);
      const isProven = alone !== null && alone !== "impossible" && isRemoved(blocker, alone);
      if (isProven && obstacleOf(tryAll([...edits, ...further.edits]), blocker) === null) return taken(further, alone);
    }
    return { kind: "unproven", change: first.change, obstacle: obstacle ?? "stays" };
  };
  const kept = answers.map((answer, index) => {
    const blocker = blockers[index];
    return blocker === undefined ? answer : takenUp(answer, index, blocker);
  });
  return kept.map((answer, index) => {
    const blocker = blockers[index];
    if (answer.kind !== "needless" || blocker === undefined || kept[answer.by]?.kind === "proven") return answer;
    return takenUp(firstProven(blocker, trial.courses(index), trial), index, blocker);
  });
}
