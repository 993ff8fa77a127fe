import { isSeenDenial } from "../denial/isSeenDenial.js";
import { readDenial } from "../denial/readDenial.js";
import { diagnose } from "../diagnose.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Denial, Snapshot } from "../snapshot/Snapshot.js";

/** The diagnosis of one reading, heard with the words of one refusal. */
export type DiagnosisShare = (
  snapshot: Snapshot,
  denial: Denial,
  /** Epoch milliseconds after which nothing more is proved. */
  until: number,
) => Diagnosis;

/**
 * Refusals that share their evidence and say the same are diagnosed once. What a refusal says is what its reader makes of
 * it: ids that are another one in each (of the request, of the authorization) say nothing.
 */
export function newDiagnosisShare(judge: typeof diagnose = diagnose): DiagnosisShare {
  const diagnoses = new WeakMap<Snapshot, Map<string, Diagnosis>>();
  return (snapshot, denial, until) => {
    const words = wordsOf(denial);
    const known = diagnoses.get(snapshot) ?? new Map<string, Diagnosis>();
    diagnoses.set(snapshot, known);
    const found = known.get(words) ?? judge({ ...snapshot, denial }, { until });
    // What there was no time to prove, the next one may still prove.
    if (Date.now() < until) known.set(words, found);
    return found;
  };
}

function wordsOf(denial: Denial): string {
  const said = readDenial(denial);
  const words = said.kind === "action" ? { ...said, authorizationId: null } : said;
  return JSON.stringify([isSeenDenial(denial), words]);
}
