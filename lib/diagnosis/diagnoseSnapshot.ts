import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import { type PolicyMemory, parsedPolicy } from "../policy/policyMemory.js";
import { inquiryOf } from "../question/inquiryOf.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { PolicyReader } from "../verdict/Asked.js";
import type { JudgementMemo } from "../verdict/JudgementMemo.js";
import { byLayer, dependsOnOf, verdictOf } from "../verdict/LayerJudgement.js";
import { assumptionsOf, takenToAllowLayers } from "./assumptionsOf.js";
import { blockersOf } from "./blockersOf.js";
import type { Blocker, Diagnosis, LayerVerdict } from "./Diagnosis.js";
import { summarySentence } from "./phrases.js";
import type { SettledLayer } from "./SettledAction.js";
import { readSimulations } from "./simulatorClaims.js";
import { suspectsOf } from "./suspectsOf.js";
import { type Scales, type WeighedAction, weigh } from "./weigh.js";
import { wordsOf } from "./wordsOf.js";

/**
 * The diagnosis of a snapshot, without fixes: the seven actions by the eight layers, blockers and suspects. Synchronous
 * and pure; it never throws on what parseSnapshot accepted.
 */
export function diagnoseSnapshot(
  snapshot: Snapshot,
  { policies = parsedPolicy, memo = null }: { policies?: PolicyMemory; memo?: JudgementMemo | null } = {},
): Diagnosis {
  const inquiry = inquiryOf(snapshot);
  const read = newPolicyReader(policies);
  const heard = wordsOf(snapshot, inquiry);
  const scales: Scales = {
    snapshot,
    inquiry,
    read,
    heard,
    simulations: readSimulations(snapshot),
    memo: memo?.isOf(snapshot) === true ? memo : null,
  };
  const weighed = weigh(scales);
  const { blockers, omitted } = blockersOf(weighed, heard.action, inquiry.caller);
  const isConfirmed = blockers.some(({ certainty }) => certainty === "confirmed");
  const outcome = outcomeOf(weighed, blockers, heard.isSeen);
  const suspects = suspectsOf(scales, weighed, heard.isSeen && !isConfirmed);
  const isRiddle =
    heard.isSeen && heard.foreign === null && weighed.every(({ decision }) => decision.verdict === "allowed");
  const answer = { outcome, blockers, suspects, ...(omitted > 0 && { omittedBlockers: omitted }) };
  return {
    diagnosisVersion: 1,
    subject: subjectOf(snapshot),
    ...answer,
    blockingLayer: outcome === "blocked" ? (blockers[0]?.layer ?? null) : null,
    actions: weighed.map(({ question, settled, decision }) => ({
      action: question.action,
      resource: typeof question.resource === "string" ? question.resource : "*",
      verdict: decision.verdict,
      layers: byLayer((layer) => layerVerdict(settled.layers[layer])),
    })),
    fixes: [],
    assumptions: assumptionsOf(scales, weighed, blockers),
    disagreements: weighed.flatMap(({ settled }) => settled.disagreements),
    evidence: [],
    summary: summarySentence(answer, heard.foreign, isRiddle ? takenToAllowLayers(weighed) : null),
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

function subjectOf({ request, caller }: Snapshot): Diagnosis["subject"] {
  return {
    operation: request.operation,
    principalArn: caller.principalArn,
    callerArn: caller.arn,
    accountId: request.accountId,
    region: request.region,
    backupVaultName: request.backupVaultName,
    encryptionKeyArn: request.encryptionKeyArn,
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

const nothingSaid: LayerVerdict["sources"] = [];
Object.freeze(nothingSaid);

/** The same object wherever a layer does not apply. */
const doesNotApply: LayerVerdict = { verdict: "notApplicable", sources: [], statements: [], dependsOn: [] };
for (const part of Object.values(doesNotApply)) Object.freeze(part);
Object.freeze(doesNotApply);

function layerVerdict({ judgement, sources }: SettledLayer): LayerVerdict {
  const verdict = verdictOf(judgement);
  if (verdict === "notApplicable") return doesNotApply;
  const told =
    verdict === "explicitDeny" ? judgement.statements.filter(({ ref }) => ref.effect === "Deny") : judgement.statements;
  return {
    verdict,
    sources: verdict === "unknown" ? nothingSaid : [...sources],
    statements: told.map(({ ref }) => ref),
    dependsOn: [...dependsOnOf(judgement)],
  };
}
