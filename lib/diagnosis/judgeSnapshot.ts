import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import { type PolicyMemory, parsedPolicy } from "../policy/policyMemory.js";
import { inquiryOf } from "../question/inquiryOf.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { PolicyReader } from "../verdict/Asked.js";
import type { JudgementMemo } from "../verdict/JudgementMemo.js";
import { blockersOf } from "./blockersOf.js";
import type { Blocker, Diagnosis } from "./Diagnosis.js";
import { readSimulations } from "./simulatorClaims.js";
import { type Scales, type WeighedAction, weigh } from "./weigh.js";
import { wordsOf } from "./wordsOf.js";

/** What a judgement is made with, where it is not made alone. */
export interface JudgingMeans {
  policies?: PolicyMemory;
  memo?: JudgementMemo | null;
}

/** What blocks, and what comes of it: all that a proof needs of a diagnosis. */
export interface SnapshotJudgement {
  scales: Scales;
  weighed: WeighedAction[];
  outcome: Diagnosis["outcome"];
  /** The actions that nothing read decides. */
  undecided: string[];
  blockers: Blocker[];
  omittedBlockers: number;
  /** Those that are left out of the blockers, for who has to compare them all. */
  others: () => readonly Blocker[];
}

/** Weighs every action of a snapshot, and says what blocks it. */
export function judgeSnapshot(
  snapshot: Snapshot,
  { policies = parsedPolicy, memo = null }: JudgingMeans = {},
): SnapshotJudgement {
  const inquiry = inquiryOf(snapshot);
  const heard = wordsOf(snapshot, inquiry);
  const scales: Scales = {
    snapshot,
    inquiry,
    read: newPolicyReader(policies),
    heard,
    simulations: readSimulations(snapshot),
    memo: memo?.isOf(snapshot) === true ? memo : null,
  };
  const weighed = weigh(scales);
  const { blockers, omitted, others } = blockersOf(weighed, heard.action, inquiry.caller);
  return {
    scales,
    weighed,
    outcome: outcomeOf(weighed, blockers, heard.isSeen),
    undecided: weighed.flatMap(({ question, decision }) => (decision.verdict === "unknown" ? [question.action] : [])),
    blockers,
    omittedBlockers: omitted,
    others,
  };
}

/** Asks the memory once for each policy, however many questions are put to it. */
function newPolicyReader(policies: PolicyMemory): PolicyReader {
  const plain = new Map<Policy, ParsedPolicy>();
  const withPrincipal = new Map<Policy, ParsedPolicy>();
  return (policy, principalRequired) => {
    const known = principalRequired ? withPrincipal : plain;
    let parsed = known.get(policy);
    if (parsed === undefined) {
      parsed = policies(policy.document, principalRequired);
      known.set(policy, parsed);
    }
    return parsed;
  };
}

/** Specification, rule 11. */
function outcomeOf(
  weighed: readonly WeighedAction[],
  blockers: readonly Blocker[],
  isSeen: boolean,
): Diagnosis["outcome"] {
  if (blockers.some(({ certainty }) => certainty === "confirmed" || isSeen)) return "blocked";
  const isOpen = weighed.some(({ decision }) => decision.verdict === "unknown");
  return blockers.length > 0 || isOpen || isSeen ? "inconclusive" : "allowed";
}
