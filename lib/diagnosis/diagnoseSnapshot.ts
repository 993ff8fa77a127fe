import { parseCallerArn } from "../caller/parseCallerArn.js";
import { type Assumption, assumptionNames } from "../request/assumptions.js";
import type { Caller, Snapshot } from "../snapshot/Snapshot.js";
import { policyReader } from "../verdict/Judging.js";
import { type Layer, layers } from "../verdict/Layer.js";
import { dependsOnOf, verdictOf } from "../verdict/LayerJudgement.js";
import { assumptionsOf } from "./assumptionsOf.js";
import { blockersOf } from "./blockersOf.js";
import type { Blocker, Diagnosis, LayerVerdict } from "./Diagnosis.js";
import { denialClaims } from "./denialClaims.js";
import type { SettledLayer } from "./Settled.js";
import { summaryOf } from "./summaryOf.js";
import { suspectsOf } from "./suspectsOf.js";
import { type WeighedAction, weigh } from "./weigh.js";

/**
 * The diagnosis of a snapshot, without fixes: the seven actions by the eight layers, blockers and suspects. Synchronous
 * and pure; it never throws on what parseSnapshot accepted.
 */
export function diagnoseSnapshot(snapshot: Snapshot): Diagnosis {
  const read = policyReader();
  const denial = denialClaims(snapshot);
  const weighWithout = (without: ReadonlySet<Assumption>) => weigh(snapshot, read, denial, without);
  const weighed = weighWithout(new Set());
  const blockers = blockersOf(weighed, weighWithout(new Set(assumptionNames)), principalName(snapshot.caller));
  const isConfirmed = blockers.some(({ certainty }) => certainty === "confirmed");
  const outcome = outcomeOf(weighed, blockers, denial.seen);
  const allAllowed = weighed.every(({ decision }) => decision.verdict === "allowed");
  const blocking = outcome === "blocked" ? blockers[0] : undefined;
  const suspects = suspectsOf(weighed, denial.seen && !isConfirmed);
  return {
    diagnosisVersion: 1,
    outcome,
    blockingLayer: blocking?.layer ?? null,
    blockers,
    suspects,
    actions: weighed.map(({ settled, decision }) => ({
      action: settled.action,
      resource: settled.resource,
      verdict: decision.verdict,
      layers: Object.fromEntries(layers.map((layer) => [layer, layerVerdict(settled.layers[layer])])) as Record<
        Layer,
        LayerVerdict
      >,
    })),
    fixes: [],
    assumptions: assumptionsOf(snapshot, weighed, blockers, denial, weighWithout),
    disagreements: weighed.flatMap(({ settled }) => settled.disagreements),
    evidence: [],
    summary: summaryOf(outcome, blockers, suspects, denial.seen && allAllowed),
  };
}

/** Contract, rule 11. */
function outcomeOf(weighed: WeighedAction[], blockers: readonly Blocker[], isSeen: boolean): Diagnosis["outcome"] {
  const isBlocked = blockers.some(({ certainty }) => certainty === "confirmed" || isSeen);
  if (isBlocked) return "blocked";
  const isOpen = weighed.some(({ decision }) => decision.verdict === "unknown");
  return blockers.length > 0 || isOpen || isSeen ? "inconclusive" : "allowed";
}

function layerVerdict({ judgement, sources }: SettledLayer): LayerVerdict {
  const verdict = verdictOf(judgement);
  return {
    verdict,
    sources: verdict === "unknown" || verdict === "notApplicable" ? [] : sources,
    statements:
      verdict === "explicitDeny"
        ? judgement.statements.filter(({ effect }) => effect === "Deny")
        : judgement.statements,
    dependsOn: dependsOnOf(judgement),
  };
}

/** "role Deployer", "user Alice", "root of 444455556666". */
function principalName(caller: Caller): string {
  const parsed = parseCallerArn(caller.principalArn);
  if (parsed === null) return caller.principalArn;
  if (parsed.kind === "root") return `root of ${parsed.accountId}`;
  return `${parsed.kind === "federated-user" ? "federated user" : parsed.kind} ${parsed.name}`;
}
