import type { EvidenceMemory } from "../aws/EvidenceMemory.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { PlannedParts } from "../question/PlannedKey.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveDiagnosis } from "./liveDiagnosis.js";
import { checkLive } from "./liveSnapshot.js";
import { observedDiagnosis, subjectOfRequest } from "./observedDiagnosis.js";

/**
 * @param context condition keys of this request, beside those that the options name
 * @param planned what of it only the apply of a plan will tell, and the key as it will be
 */
export type VaultAccessCheck = (
  request: VaultRequest,
  context?: Snapshot["context"],
  planned?: PlannedParts,
) => Promise<Diagnosis>;

/**
 * Makes a check for many requests: evidence that they have in common (a principal's policies, a key, the organization) is
 * read once.
 *
 * @returns throws InvalidRequestError where the request or an option is wrong, before any call
 */
export function newVaultAccessCheck(options: LiveOptions): VaultAccessCheck {
  const answers: EvidenceMemory = new Map();
  let started: Date | null = null;
  return async (request, context, planned) => {
    // One time for all: the simulator is told it, and would be asked anew for another.
    started ??= new Date();
    const capturedAt = started;
    const collecting = { memory: answers, now: () => capturedAt, ...(planned !== undefined && { planned }) };
    const own = withContext(options, context);
    checkLive(request, own);
    const make = () => liveDiagnosis(request, own, null, collecting);
    return observedDiagnosis(subjectOfRequest(request), own, make, (diagnosis) => diagnosis);
  };
}

function withContext(options: LiveOptions, context: Snapshot["context"] | undefined): LiveOptions {
  return context === undefined ? options : { ...options, context: { ...options.context, ...context } };
}
