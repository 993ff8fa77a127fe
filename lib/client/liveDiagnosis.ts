import type { CollectOptions } from "../evidence/CollectOptions.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Denial } from "../snapshot/Snapshot.js";
import { deadlineOf, timeLeftUntil } from "./collectInTime.js";
import { diagnosedInTurn } from "./diagnosedInTurn.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveSnapshot } from "./liveSnapshot.js";
import type { Observed } from "./observedDiagnosis.js";

/**
 * Reads the evidence about one request and diagnoses it; where it is wanted, AWS's policy simulator is asked about the
 * fixes besides.
 *
 * @param collecting what evidence is collected with, beside the options: what was read before, and of a plan what only its
 * apply will tell
 * @throws InvalidRequestError before any call
 */
export async function liveDiagnosis(
  request: VaultRequest,
  options: LiveOptions,
  denial: Denial | null,
  collecting: Pick<CollectOptions, "memory" | "now" | "planned"> = {},
): Promise<Observed> {
  const timeLeft = timeLeftUntil(deadlineOf(options));
  const { snapshot, calls, settings } = await liveSnapshot(request, options, denial, collecting);
  const diagnosis = await diagnosedInTurn(snapshot, Date.now() + timeLeft());
  if (options.proveFixes !== true) return { calls, diagnosis };
  const { abortSignal } = options;
  const { simulatedFixes } = await import("./simulatedFixes.js");
  const asked = await simulatedFixes(snapshot, diagnosis, settings, { left: timeLeft(), abortSignal });
  return { calls: [...calls, ...asked.calls], diagnosis: asked.diagnosis };
}
