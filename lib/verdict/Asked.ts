import type { Assumption } from "../facts/conditionKeys.js";
import type { Layer } from "../facts/layers.js";
import type { ContextLookup } from "../policy/ContextKeyState.js";
import type { EvaluationRequest } from "../policy/EvaluationRequest.js";
import type { Inquiry, Question } from "../question/inquiryOf.js";
import type { KnownLevels } from "./KnownLevels.js";
import type { KnownKeys } from "./Remembered.js";

/** An inquiry with its policies read. */
export interface ReadInquiry extends Inquiry {
  /** The policies of each layer that was read. */
  readonly known: ReadonlyMap<Layer, KnownLevels>;
  /** All of them were met before: it may well be asked of them again. */
  readonly isFamiliar: boolean;
}

/** A question as it is put to the layers: by whom, and what may be assumed. */
export interface Asked {
  readonly inquiry: ReadInquiry;
  readonly question: Question;
  readonly request: EvaluationRequest;
  /** The assumptions that are not to be made: what rests on them is unknown. */
  readonly without: ReadonlySet<Assumption>;
  /** The assumptions that an answer met; filled while layers are asked. */
  readonly met: Set<Assumption>;
  /** Does something, and notes the keys that are looked up for it. */
  readonly noting: <T>(keys: KnownKeys, work: () => T) => T;
}

const allMade: ReadonlySet<Assumption> = new Set();

/**
 * Puts a question.
 *
 * @param without assumptions that are not to be made
 * @param lookup another context than the specification's, as the simulator's own
 */
export function ask(
  inquiry: ReadInquiry,
  question: Question,
  without: ReadonlySet<Assumption> = allMade,
  lookup?: ContextLookup,
): Asked {
  const met = new Set<Assumption>();
  let noted: KnownKeys | null = null;
  const { action, resource, context } = question;
  const find: ContextLookup =
    lookup ??
    ((key) => {
      const known = context(key);
      if (known.assumed === null) return known;
      const { assumption, otherwise } = known.assumed;
      met.add(assumption);
      return without.has(assumption) ? { name: known.name, state: otherwise } : known;
    });
  return {
    inquiry,
    question,
    without,
    met,
    noting: (keys, work) => {
      const outer = noted;
      noted = keys;
      const done = work();
      noted = outer;
      if (outer !== null) for (const [key, found] of keys) outer.set(key, found);
      return done;
    },
    request: {
      action,
      resource,
      principal: inquiry.caller.principal,
      principalHasBoundary: inquiry.principalHasBoundary,
      lookup: (key) => {
        const found = find(key);
        noted?.set(key, found);
        return found;
      },
    },
  };
}
