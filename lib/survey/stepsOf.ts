import type { SurveyStep } from "./SurveySummary.js";

/** Principals that the same changes, all of them and no fewer, were proven to free. */
export interface FreedBy {
  /** Indexes of causes. */
  causes: readonly number[];
  principals: number;
}

/** So many steps are told; those behind free little each. */
const mostSteps = 100;
/** So many sets of changes are weighed at each step, those that free most. */
const mostWeighed = 200;

/**
 * The fewest changes that free most: at each step the changes that free most principals for each change made. Every
 * change of a step is needed, since a principal is freed only when all that stops it is gone.
 *
 * @param isShared whether one change for a cause serves all; else each principal needs one
 */
export function stepsOf(groups: readonly FreedBy[], isShared: (cause: number) => boolean): SurveyStep[] {
  const steps: SurveyStep[] = [];
  const made = new Set<number>();
  let left = [...groups].sort((one, other) => other.principals - one.principals);
  let freed = 0;
  while (left.length > 0 && steps.length < mostSteps) {
    const weighed = left.slice(0, mostWeighed).map((group) => stepFor(group, left, made, isShared));
    const [first, ...others] = weighed;
    if (first === undefined) break;
    const best = others.reduce((one, other) => (worth(other) > worth(one) ? other : one), first);
    for (const cause of best.causes) made.add(cause);
    freed += best.frees;
    steps.push({ ...best, freed });
    left = left.filter(({ causes }) => !causes.every((cause) => made.has(cause)));
  }
  return steps;
}

function worth({ frees, changes }: Omit<SurveyStep, "freed">): number {
  return frees / changes;
}

function stepFor(
  { causes }: FreedBy,
  left: readonly FreedBy[],
  made: ReadonlySet<number>,
  isShared: (cause: number) => boolean,
): Omit<SurveyStep, "freed"> {
  const wanted = causes.filter((cause) => !made.has(cause));
  const known = new Set([...made, ...wanted]);
  const freed = left.filter((group) => group.causes.every((cause) => known.has(cause)));
  const sum = (groups: readonly FreedBy[]) => groups.reduce((total, { principals }) => total + principals, 0);
  const changes = wanted.reduce(
    (total, cause) => total + (isShared(cause) ? 1 : sum(freed.filter((group) => group.causes.includes(cause)))),
    0,
  );
  return { causes: wanted, changes: Math.max(1, changes), frees: sum(freed) };
}
