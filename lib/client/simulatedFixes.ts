import { longestTimer } from "../aws/Clock.js";
import { diagnose } from "../diagnose.js";
import type { Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import type { CollectOptions } from "../evidence/CollectOptions.js";
import { customSimulations } from "../evidence/customSimulations.js";
import { simulableFix } from "../fix/simulableFix.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Observed } from "./observedDiagnosis.js";
import { simulatedAnswer } from "./simulatedAnswer.js";

/**
 * The diagnosis with what AWS's policy simulator says of each verified fix. It never throws and takes nothing away: where
 * the simulator cannot be asked, or answers nothing that can be read, the fix says so.
 *
 * @param left milliseconds until the deadline
 */
export async function simulatedFixes(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  { caller, evidence, skip }: Pick<CollectOptions, "caller" | "evidence" | "skip">,
  { left, abortSignal }: { left: number; abortSignal?: AbortSignal | undefined },
): Promise<Observed> {
  const verified = diagnosis.fixes.filter((fix) => fix.verified);
  const answers = new Map<Fix, NonNullable<Fix["simulated"]>>();
  const end = Date.now() + left;
  const judged = (one: Snapshot) => diagnose(one, { fixes: false });
  const questionOf = (fix: Fix) => {
    if (skip !== undefined) return { reason: skip };
    // Each question costs a diagnosis.
    if (Date.now() >= end || abortSignal?.aborted === true) return { reason: "No time was left to ask." };
    return simulableFix(snapshot, diagnosis, fix, judged);
  };
  const asked = verified.flatMap((fix) => {
    const question = questionOf(fix);
    if (!("reason" in question)) return [{ fix, question }];
    answers.set(fix, { answer: "not-asked", detail: question.reason });
    return [];
  });
  let calls: Observed["calls"] = [];
  if (asked.length > 0) {
    try {
      // A margin is left to answer in.
      const wait = Math.max(0, end - Date.now() - Math.min(250, left / 10));
      const timer = AbortSignal.timeout(Math.floor(Math.min(wait, longestTimer)));
      const signal = abortSignal === undefined ? timer : AbortSignal.any([timer, abortSignal]);
      const told = await customSimulations(
        asked.map(({ question }) => question),
        evidence ?? caller,
        { signal },
      );
      ({ calls } = told);
      for (const [index, { fix, question }] of asked.entries()) {
        const rows = told.answers[index] ?? { reason: "not asked" };
        answers.set(
          fix,
          "reason" in rows ? { answer: "unreadable", detail: rows.reason } : simulatedAnswer(question, rows),
        );
      }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      for (const { fix } of asked) answers.set(fix, { answer: "unreadable", detail });
    }
  }
  const fixes = diagnosis.fixes.map((fix) => {
    const simulated = answers.get(fix);
    return simulated === undefined ? fix : Object.freeze({ ...fix, simulated: Object.freeze(simulated) });
  });
  return { calls, diagnosis: { ...diagnosis, fixes: Object.freeze(fixes) as Fix[] } };
}
