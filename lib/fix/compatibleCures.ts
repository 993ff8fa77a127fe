import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Edit } from "./Change.js";
import { type Cure, firstProven, type Trial } from "./curesFor.js";
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
  const takenUp = (answer: Cure, blocker: Blocker): Cure => {
    if (answer.kind !== "proven") return answer;
    const { change } = answer.proven[0];
    const outcome = edits.length === 0 ? answer.proven[0].outcome : tryAll([...edits, ...change.edits]);
    if (outcome === null) return { kind: "unproven", change, obstacle: "not-tried" };
    if (outcome.isTooLong) return { kind: "unproven", change, obstacle: "too-long" };
    if (outcome.isUndecided || outcome.isWorse || [...cured, blocker].some((one) => stands(one, outcome.blocks))) {
      return { kind: "unproven", change, obstacle: "stays" };
    }
    edits.push(...change.edits);
    cured.push(blocker);
    return answer;
  };
  const kept = answers.map((answer, index) => {
    const blocker = blockers[index];
    return blocker === undefined ? answer : takenUp(answer, blocker);
  });
  return kept.map((answer, index) => {
    const blocker = blockers[index];
    if (answer.kind !== "needless" || blocker === undefined || kept[answer.by]?.kind === "proven") return answer;
    return takenUp(firstProven(blocker, trial.courses(index), trial), blocker);
  });
}
