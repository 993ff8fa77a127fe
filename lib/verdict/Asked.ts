import type { Assumption } from "../facts/conditionKeys.js";
import type { EvaluationRequest } from "../policy/EvaluationRequest.js";
import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import type { Inquiry, Question } from "../question/inquiryOf.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { JudgementMemo } from "./JudgementMemo.js";

/** Parses policies, each once. */
export type PolicyReader = (policy: Policy, principalRequired: boolean) => ParsedPolicy;

/** A question as it is put to the layers: by whom, and what may be assumed. */
export interface Asked {
  readonly inquiry: Inquiry;
  readonly question: Question;
  readonly request: EvaluationRequest;
  readonly read: PolicyReader;
  /** The assumptions that are not to be made: what rests on them is unknown. */
  readonly without: ReadonlySet<Assumption>;
  /** The assumptions that an answer met; filled while layers are asked. */
  readonly met: Set<Assumption>;
  /** What was said before; null where another context is asked about. */
  readonly memo: JudgementMemo | null;
}

const allMade: ReadonlySet<Assumption> = new Set();

/**
 * Puts a question.
 *
 * @param without assumptions that are not to be made
 * @param lookup another context than the specification's, as the simulator's own
 */
export function ask(
  inquiry: Inquiry,
  question: Question,
  read: PolicyReader,
  without: ReadonlySet<Assumption> = allMade,
  lookup?: EvaluationRequest["lookup"],
  memo: JudgementMemo | null = null,
): Asked {
  const met = new Set<Assumption>();
  const { action, resource, context } = question;
  return {
    inquiry,
    question,
    read,
    without,
    met,
    memo: lookup === undefined ? memo : null,
    request: {
      action,
      resource,
      principal: inquiry.caller.principal,
      principalHasBoundary: inquiry.principalHasBoundary,
      lookup:
        lookup ??
        ((key) => {
          const known = context(key);
          if (known.assumed === null) return known;
          const { assumption, otherwise } = known.assumed;
          met.add(assumption);
          return without.has(assumption) ? { name: known.name, state: otherwise } : known;
        }),
    },
  };
}
