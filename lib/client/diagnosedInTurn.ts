import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { diagnoseInTurn } from "../diagnose.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** After so many milliseconds the application's own requests have their turn; most diagnoses take less. */
const longestTurn = 10;

/**
 * The same as `diagnose`, without holding the process up for long.
 *
 * @param until epoch milliseconds after which nothing more is proved, and nobody is waited for
 */
export async function diagnosedInTurn(snapshot: Snapshot, until: number): Promise<Diagnosis> {
  const turns = diagnoseInTurn(snapshot, { until });
  let began = performance.now();
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
    if (performance.now() - began < longestTurn || Date.now() >= until) continue;
    await setImmediate();
    began = performance.now();
  }
}
