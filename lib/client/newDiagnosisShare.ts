import { isSeenDenial } from "../denial/isSeenDenial.js";
import { readDenial } from "../denial/readDenial.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Denial, Snapshot } from "../snapshot/Snapshot.js";
import type { diagnosedInTurn } from "./diagnosedInTurn.js";

/** The diagnosis of one reading, heard with the words of one refusal. */
export type DiagnosisShare = (
  snapshot: Snapshot,
  denial: Denial,
  /** Epoch milliseconds after which nothing more is proved. */
  until: number,
) => Promise<Diagnosis>;

interface Shared {
  found: Promise<Diagnosis>;
  until: number;
  /** It was there in time, with all that can be proven. */
  isWhole: boolean;
}

/**
 * Refusals that share their evidence and say the same are diagnosed once. What a refusal says is what its reader makes of
 * it: ids that are another one in each (of the request, of the authorization) say nothing.
 */
export function newDiagnosisShare(judge: typeof diagnosedInTurn): DiagnosisShare {
  const diagnoses = new WeakMap<Snapshot, Map<string, Shared>>();
  const share: DiagnosisShare = async (snapshot, denial, until) => {
    const words = wordsOf(denial);
    const known = diagnoses.get(snapshot) ?? new Map<string, Shared>();
    diagnoses.set(snapshot, known);
    const before = known.get(words);
    // Who has less time does not wait for who has more.
    if (before !== undefined && (before.isWhole || before.until <= until)) {
      const found = await before.found;
      // What there was no time to prove, the next one may still prove.
      return before.isWhole ? found : share(snapshot, denial, until);
    }
    const forget = () => {
      if (known.get(words) === shared) known.delete(words);
    };
    const found = judge({ ...snapshot, denial }, until).then(
      (diagnosis) => {
        shared.isWhole = Date.now() < until;
        if (!shared.isWhole) forget();
        return diagnosis;
      },
      (error: unknown) => {
        forget();
        throw error;
      },
    );
    const shared: Shared = { found, until, isWhole: false };
    known.set(words, shared);
    return found;
  };
  return share;
}

function wordsOf(denial: Denial): string {
  const said = readDenial(denial);
  const words = said.kind === "action" ? { ...said, authorizationId: null } : said;
  return JSON.stringify([isSeenDenial(denial), words]);
}
