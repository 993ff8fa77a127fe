import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Judge } from "../newJudge.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { type Cause, causeKey } from "./Cause.js";
import { reasonOfCause } from "./causeWords.js";
import { rootChangeFor } from "./RootChange.js";
import type { SurveyCause, SurveySummary } from "./SurveySummary.js";
import { stepsOf } from "./stepsOf.js";

/** Collects the diagnoses of a survey. */
export interface SurveySummaryMaker {
  /** Counts an answer; of a refused principal it proves what would free it, with its snapshot. */
  add: (diagnosis: Pick<Diagnosis, "outcome" | "blockers" | "subject">, snapshot: Snapshot) => void;
  summary: () => SurveySummary;
}

/** What stands behind an explicit Deny comes forward in the next round. */
const mostRounds = 4;
const mostExamples = 3;

/**
 * Collapses refusals to the statements at their root as they come, so that memory grows with causes and not with principals.
 * For each refused principal the changes of all its causes are made and it is diagnosed again.
 */
export function newSurveySummary(judge: Judge): SurveySummaryMaker {
  const causes = new Map<string, Cause>();
  const counts = { allowed: 0, blocked: 0, inconclusive: 0 };
  const freedBy = new Map<string, { causes: Cause[]; principals: number }>();
  let unfreed = 0;

  const causeOf = (blocker: Blocker, subject: Diagnosis["subject"]): Cause => {
    const key = causeKey(blocker, subject);
    const known = causes.get(key);
    if (known !== undefined) return known;
    const { layer, effect, actions, policy, statement } = blocker;
    const counted = { stops: 0, hidden: 0, frees: 0, proven: 0, targets: new Set<string>(), examples: [] };
    const told = { reason: reasonOfCause(blocker), change: rootChangeFor(blocker) };
    const made: Cause = { number: causes.size, layer, effect, actions, policy, statement, ...told, ...counted };
    causes.set(key, made);
    return made;
  };

  /** All the causes whose changes together free a principal; null where no change was proven to. */
  const needed = (first: readonly Cause[], snapshot: Snapshot, subject: Diagnosis["subject"]): Cause[] | null => {
    const all = new Set<Cause>();
    let open: readonly Cause[] = first;
    let changed: Snapshot = snapshot;
    for (let round = 0; round < mostRounds; round += 1) {
      for (const cause of open) {
        const next = cause.change?.make(changed) ?? null;
        if (next === null) return null;
        changed = next;
        all.add(cause);
      }
      const { blockers } = judge.diagnose(changed, { fixes: false });
      if (blockers.length === 0) return [...all];
      const found = new Set(blockers.map((blocker) => causeOf(blocker, subject)));
      open = [...found].filter((cause) => !all.has(cause));
      if (open.length < found.size) return null;
      for (const cause of open) cause.hidden += 1;
    }
    return null;
  };

  return {
    add({ outcome, blockers, subject }, snapshot) {
      counts[outcome] += 1;
      if (outcome !== "blocked") return;
      const stopping = new Set<Cause>();
      for (const blocker of blockers) {
        const cause = causeOf(blocker, subject);
        stopping.add(cause);
        if (blocker.target !== null) cause.targets.add(blocker.target);
      }
      for (const cause of stopping) {
        cause.stops += 1;
        if (cause.examples.length < mostExamples) cause.examples.push(subject.principalArn ?? "");
      }
      const changes = needed([...stopping], snapshot, subject);
      if (changes === null) {
        unfreed += 1;
        return;
      }
      for (const cause of changes) cause.proven += 1;
      const [only, ...others] = changes;
      if (only !== undefined && others.length === 0) only.frees += 1;
      const key = changes
        .map(({ number }) => number)
        .sort((one, other) => one - other)
        .join();
      const known = freedBy.get(key) ?? { causes: changes, principals: 0 };
      known.principals += 1;
      freedBy.set(key, known);
    },
    summary() {
      // Of a change that each principal needs for itself, one frees one.
      const byOne = ({ frees, change }: Cause) => (change?.isShared === false ? Math.min(1, frees) : frees);
      const sorted = [...causes.values()].sort(
        (one, other) => byOne(other) - byOne(one) || other.stops - one.stops || other.hidden - one.hidden,
      );
      const places = new Map(sorted.map((cause, index) => [cause, index]));
      const groups = [...freedBy.values()].map(({ causes: some, principals }) => ({
        causes: some.map((cause) => places.get(cause) ?? 0).sort((one, other) => one - other),
        principals,
      }));
      return {
        summaryVersion: 1,
        principals: counts.allowed + counts.blocked + counts.inconclusive,
        ...counts,
        causes: sorted.map(causeTold),
        steps: stepsOf(groups, (cause) => sorted[cause]?.change?.isShared !== false),
        unfreed,
      };
    },
  };
}

function causeTold({ change, targets, ...cause }: Cause): SurveyCause {
  const { layer, effect, actions, policy, statement, reason, stops, hidden, frees, proven, examples } = cause;
  return {
    layer,
    effect,
    actions: [...actions],
    policy,
    statement,
    targets: [...targets].sort(),
    reason,
    stops,
    hidden,
    frees,
    proven,
    change: change && { title: change.title, owner: change.owner, isShared: change.isShared },
    examples,
  };
}
