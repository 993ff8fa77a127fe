import { parsePrincipalArn } from "../facts/arn.js";
import { noAccount, nobody } from "../facts/names.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { byLayer, dependsOnOf, verdictOf } from "../verdict/LayerJudgement.js";
import { assumptionsOf, takenToAllowLayers } from "./assumptionsOf.js";
import type { ActionVerdict, Diagnosis, LayerVerdict } from "./Diagnosis.js";
import { type JudgingMeans, judgeSnapshot } from "./judgeSnapshot.js";
import { summarySentence } from "./phrases.js";
import type { SettledLayer } from "./SettledAction.js";
import { suspectsOf } from "./suspectsOf.js";
import type { WeighedAction } from "./weigh.js";

/**
 * The diagnosis of a snapshot, without fixes: the seven actions by the eight layers, blockers and suspects. Synchronous
 * and pure; it never throws on what parseSnapshot accepted.
 */
export function diagnoseSnapshot(snapshot: Snapshot, means?: JudgingMeans): Diagnosis {
  const { scales, weighed, outcome, blockers, omittedBlockers } = judgeSnapshot(snapshot, means);
  const { heard } = scales;
  const isConfirmed = blockers.some(({ certainty }) => certainty === "confirmed");
  const suspects = suspectsOf(scales, weighed, heard.isSeen && !isConfirmed);
  const isRiddle =
    heard.isSeen && heard.foreign === null && weighed.every(({ weight }) => weight.decision.verdict === "allowed");
  const disagreements = weighed.flatMap(({ weight }) => weight.settled.disagreements);
  const answer = { outcome, blockers, suspects, ...(omittedBlockers > 0 && { omittedBlockers }) };
  return {
    diagnosisVersion: 1,
    subject: subjectOf(snapshot),
    ...callOf(snapshot),
    ...answer,
    blockingLayer: outcome === "blocked" && blockers[0] !== undefined ? blockers[0].layer : null,
    actions: weighed.map(actionDiagnosis),
    fixes: [],
    assumptions: assumptionsOf(scales, weighed, blockers),
    disagreements,
    evidence: [],
    summary: summarySentence(
      { ...answer, disagreements },
      heard.foreign,
      isRiddle ? takenToAllowLayers(weighed) : null,
    ),
  };
}

function subjectOf({ request, caller }: Snapshot): Diagnosis["subject"] {
  // Who calls could not be read: what stands in for it is nobody's name.
  const isKnown = caller.tags.status !== "unreadable" || parsePrincipalArn(caller.arn)?.name !== nobody;
  return {
    operation: request.operation,
    principalArn: isKnown ? caller.principalArn : null,
    callerArn: isKnown ? caller.arn : null,
    accountId: !isKnown && request.accountId === noAccount ? null : request.accountId,
    region: request.region,
    backupVaultName: request.backupVaultName,
    encryptionKeyArn: request.encryptionKeyArn,
  };
}

function copied(context: Snapshot["context"]): Snapshot["context"] {
  return Object.fromEntries(
    // Most are texts, which need no copy.
    Object.entries(context)
      // Whose call it is, the subject says.
      .filter(([key]) => key !== "aws:PrincipalArn")
      .map(([key, value]) => [key, typeof value === "string" ? value : structuredClone(value)]),
  );
}

/** Copies: what is answered is frozen, and the snapshot is somebody else's. */
function callOf({ request, context: known }: Snapshot): Pick<Diagnosis, "call"> {
  const context = copied(known);
  const call = {
    ...(Object.keys(request.backupVaultTags).length > 0 && { backupVaultTags: { ...request.backupVaultTags } }),
    ...(Object.keys(context).length > 0 && { context }),
  };
  return Object.keys(call).length === 0 ? {} : { call };
}

/** The same object where the same is said of the same resource. */
function actionDiagnosis({ question, weight }: WeighedAction): ActionVerdict {
  const { settled, decision, told } = weight;
  const resource = typeof question.resource === "string" ? question.resource : "*";
  if (told?.resource === resource) return told;
  const layers = byLayer((layer) => layerVerdict(settled.layers[layer]));
  weight.told = { action: question.action, resource, verdict: decision.verdict, layers };
  return weight.told;
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
