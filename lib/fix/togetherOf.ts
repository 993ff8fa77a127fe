import type { Edit } from "./Change.js";
import type { Cure } from "./curesInTurn.js";
import type { Outcome } from "./proof.js";

/** What comes of all the first fixes together. */
export interface Together {
  /** Where the sentence goes: the last of them. */
  last: number;
  /** @param isApart some are of one document and are printed each without the others */
  sentence: (isApart: boolean) => string;
  /** Together they do not do what each does. */
  isWrong: boolean;
  outcome: Outcome;
}

/** What the first fix of every blocker that has a proven one changes. */
export function firstEdits(answers: readonly Cure[]): Edit[] {
  return answers.flatMap((answer) => (answer.kind === "proven" ? answer.proven[0].change.edits : []));
}

/** All the first fixes made together; null where there are none, or no time. */
export function togetherOf(
  answers: readonly Cure[],
  tryAll: (edits: readonly Edit[]) => Outcome | null,
): Together | null {
  const proven = answers.flatMap((answer, index) =>
    answer.kind === "proven" ? [{ index, first: answer.proven[0] }] : [],
  );
  const last = proven.at(-1);
  if (last === undefined) return null;
  const outcome = proven.length === 1 ? last.first.outcome : tryAll(firstEdits(answers));
  if (outcome === null) return null;
  const changes = proven.length === 1 ? "this change" : `these ${proven.length} changes`;
  const told = (rest: string): Together => ({
    last: last.index,
    sentence: (isApart) =>
      `With ${changes}${isApart ? ", those of one policy made one by one and each asked for again," : ""} ${rest}`,
    isWrong: false,
    outcome,
  });
  const isUnfit = outcome.isUndecided || outcome.isTooLong;
  if (outcome.outcome === "allowed" && !isUnfit) return told("the vault can be created.");
  if (outcome.blocks.size === 0 && !isUnfit) {
    return told("nothing that was read blocks any more; what is not known may.");
  }
  if (!outcome.isWorse && !isUnfit && answers.some(({ kind }) => kind === "unproven")) {
    return told("the blockers without a proven fix are left.");
  }
  const sentence = `With ${changes} together something still blocks: make them one by one and ask again.`;
  return { last: last.index, sentence: () => sentence, isWrong: true, outcome };
}
