import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { chooser, fillingsOf } from "../random/fillings.js";
import { type Judgement, judgeOne } from "./judge.js";
import { type RequestedAction, requestedActions } from "./requestedActions.js";

export interface Unearned {
  action: string;
  /** What every completion that was tried gives. */
  told: string;
}

export interface Completed {
  /** Unknown verdicts, of these those that are refused either way but by different layers (rule 2), and those without both. */
  unknown: number;
  refusedEitherWay: number;
  unearned: Unearned[];
}

/**
 * For each unknown verdict two completions of the evidence, one allowed and one refused, both judged by the oracle: an unknown
 * without them was not earned.
 *
 * @param tries how many completions are tried before that is said
 */
export function completions({ actions }: Diagnosis, snapshot: Snapshot, seed: number, tries: number): Completed {
  const next = fillingsOf(snapshot, chooser(seed));
  const completed: Completed = { unknown: 0, refusedEitherWay: 0, unearned: [] };
  for (const { action, verdict } of actions) {
    if (verdict !== "unknown" || !isJudged(action)) continue;
    completed.unknown += 1;
    const first = answersTo(action, snapshot, next, tries);
    // After a refusal that names no layer, what is otherwise taken to allow is asked, too.
    const answers =
      snapshot.denial !== null && first.refusing.length === 0
        ? answersTo(action, snapshot, fillingsOf(snapshot, chooser(seed), { isWhole: true }), tries)
        : first;
    if (answers.allowed && answers.refusing.length > 0) continue;
    if (!answers.allowed && !shareALayer(answers.refusing)) completed.refusedEitherWay += 1;
    else
      completed.unearned.push({
        action,
        told: answers.allowed ? "allowed" : `refused by ${answers.refusing[0]?.join(", ")}`,
      });
  }
  return completed;
}

type Judged = RequestedAction | "backup:TagResource";

function isJudged(action: string): action is Judged {
  return action === "backup:TagResource" || (requestedActions as readonly string[]).includes(action);
}

/** Stops where both answers were given. */
function answersTo(action: Judged, snapshot: Snapshot, next: ReturnType<typeof fillingsOf>, tries: number) {
  let allowed = false;
  const refusing = new Map<string, Judgement["deniedBy"]>();
  for (let tried = 0; tried < tries && !(allowed && refusing.size > 0); tried += 1) {
    const judgement = judgeOne(snapshot, action, next());
    if (judgement.allowed) allowed = true;
    else refusing.set(judgement.deniedBy.map(({ layer }) => layer).join(), judgement.deniedBy);
  }
  return { allowed, refusing: [...refusing.values()].map((layers) => layers.map(({ layer }) => layer)) };
}

function shareALayer([first, ...others]: string[][]): boolean {
  return first?.some((layer) => others.every((layers) => layers.includes(layer))) ?? false;
}
