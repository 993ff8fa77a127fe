import type { Judging } from "../verdict/Judging.js";
import type { ActionJudgement } from "../verdict/judgeAction.js";
import { closed, keyAccess } from "../verdict/KeyAccess.js";
import { or } from "../verdict/kleene.js";
import { type Layer, layers } from "../verdict/Layer.js";
import { type Finding, type LayerJudgement, verdictOf } from "../verdict/LayerJudgement.js";
import type { Source } from "../verdict/Source.js";
import type { Verdict } from "../verdict/Verdict.js";
import type { Claim } from "./Claim.js";
import { type Decision, decide } from "./decide.js";
import type { SettledAction, SettledLayer } from "./Settled.js";
import type { SimulatorClaim } from "./simulatorClaims.js";

/** What the sources other than the policies say of one action. */
export interface Claims {
  denial: Partial<Record<Layer, Claim>>;
  dryRun: boolean | null;
  simulator: Partial<Record<Layer, SimulatorClaim>>;
  /** The layer's judgement under the simulator's own context. */
  underSimulator: (layer: Layer, claim: SimulatorClaim) => LayerJudgement;
}

/**
 * Settles what each layer says to an action: the denial's message before a dry run, before what the read policies
 * definitely say, before the simulator; what contradicts is told, not averaged (contract, rule 9).
 */
export function settle(judged: ActionJudgement, claims: Claims, judging: Judging): SettledAction {
  const settled: SettledAction = {
    ...judged,
    layers: mapLayers((layer) => fromPolicies(judged.layers[layer])),
    disagreements: [],
    assumptions: [],
    refusedUnnamed: false,
  };
  for (const layer of layers) settleLayer(settled, layer, claims);
  if (claims.dryRun !== null) hearDryRun(settled, claims, judging, claims.dryRun);
  return settled;
}

function mapLayers<T>(map: (layer: Layer) => T): Record<Layer, T> {
  return Object.fromEntries(layers.map((layer) => [layer, map(layer)])) as Record<Layer, T>;
}

function fromPolicies(judgement: LayerJudgement): SettledLayer {
  return { judgement, sources: isDefinite(verdictOf(judgement)) ? ["policies"] : [], forced: false };
}

/** Neither unknown nor not applicable: the policies say something. */
function isDefinite(verdict: Verdict): boolean {
  return verdict === "allowed" || verdict === "explicitDeny" || verdict === "implicitDeny";
}

function settleLayer(settled: SettledAction, layer: Layer, claims: Claims): void {
  const { judgement } = settled.layers[layer];
  const own = verdictOf(judgement);
  const said = claims.denial[layer];
  const simulated = claims.simulator[layer];

  if (said !== undefined && !(said.verdict === "allowed" && own === "notApplicable")) {
    apply(settled, layer, said, "denial-message");
    if (own !== "unknown" && own !== said.verdict) {
      disagree(settled, layer, { policies: own, "denial-message": said.verdict }, "The denial's own words count.");
    }
    if (simulated !== undefined && simulated.verdict !== said.verdict && own !== said.verdict) {
      disagree(
        settled,
        layer,
        { simulator: simulated.verdict, "denial-message": said.verdict },
        "The denial's own words count.",
      );
    }
    return;
  }
  if (simulated === undefined) return;
  if (own === "unknown") {
    if (judgement.unread) hearSimulator(settled, layer, simulated);
    return;
  }
  if (own === simulated.verdict) {
    settled.layers[layer].sources.push("simulator");
    return;
  }
  if (own === "notApplicable" && simulated.verdict === "allowed") return;
  // With another context than the call's the simulator may well answer otherwise; that is no contradiction.
  if (verdictOf(claims.underSimulator(layer, simulated)) === simulated.verdict) return;
  disagree(
    settled,
    layer,
    { policies: own, simulator: simulated.verdict },
    "The policies that were read count; one of the two may be older than the other.",
  );
}

function hearSimulator(settled: SettledAction, layer: Layer, claim: SimulatorClaim): void {
  apply(settled, layer, claim, "simulator");
  if (claim.verdict === "allowed") {
    settled.assumptions.push(
      `The ${layer} of ${settled.action} could not be read; the IAM policy simulator's "allowed" is taken for it, though the simulator may not know all of the call's context.`,
    );
  }
}

/** Puts a claim in the place of what the policies said. */
function apply(settled: SettledAction, layer: Layer, claim: Claim, source: Source): void {
  const { judgement } = settled.layers[layer];
  const own = verdictOf(judgement);
  const sources: Source[] = own === claim.verdict ? [source, "policies"] : [source];
  const decided = {
    ...judgement,
    applies: true,
    unread: false,
    takenToAllow: false,
    denyDependsOn: [],
    allowDependsOn: [],
  };
  switch (claim.verdict) {
    case "explicitDeny":
      settled.layers[layer] = {
        judgement: { ...decided, denies: "true", denying: denying(judgement, claim) },
        sources,
        forced: false,
      };
      return;
    case "implicitDeny":
      settled.layers[layer] = {
        judgement: { ...decided, denies: "false", denying: [], allows: "false", silent: silent(judgement, claim) },
        sources,
        forced: source !== "simulator",
      };
      if (layer === "key-policy") settled.access = closed();
      return;
    case "allowed":
      settled.layers[layer] = {
        judgement: { ...decided, denies: "false", denying: [], allows: "true", silent: [] },
        sources,
        forced: false,
      };
  }
}

function denying(judgement: LayerJudgement, { policy }: Claim): Finding[] {
  const found = judgement.denies === "true" ? judgement.denying : [];
  const named = policy?.arn;
  if (found.length > 0 && (named === undefined || found.some((finding) => finding.policy?.arn === named))) return found;
  const [only] = judgement.silent;
  return [{ policy: policy ?? only?.policy ?? null, statement: null, target: null, note: "" }, ...found];
}

function silent(judgement: LayerJudgement, { policy }: Claim): Finding[] {
  if (judgement.silent.length > 0) return judgement.silent;
  return [{ policy, statement: null, target: null, note: "" }];
}

function disagree(
  settled: SettledAction,
  layer: Layer,
  verdicts: SettledAction["disagreements"][number]["verdicts"],
  note: string,
): void {
  settled.disagreements.push({ layer, action: settled.action, verdicts, note });
}

/** A dry run answers for all layers at once. */
function hearDryRun(settled: SettledAction, claims: Claims, judging: Judging, allowed: boolean): void {
  const decision = decide(settled, judging.snapshot, judging.key);
  if (allowed) hearAllowed(settled, claims, decision);
  else hearRefused(settled, claims, decision);
}

function hearAllowed(settled: SettledAction, claims: Claims, decision: Decision): void {
  for (const layer of layers) {
    if (claims.denial[layer] !== undefined) continue;
    const own = verdictOf(settled.layers[layer].judgement);
    const isBlocking = decision.explicit.includes(layer) || decision.silent.includes(layer);
    if (isBlocking) disagree(settled, layer, { policies: own, "dry-run": "allowed" }, "KMS's own answer counts.");
    if (isBlocking || own === "unknown") apply(settled, layer, { verdict: "allowed", policy: null }, "dry-run");
    else if (own === "allowed") settled.layers[layer].sources.push("dry-run");
  }
  const { exact } = settled.access;
  settled.access = { ...settled.access, exact: { truth: or(exact.truth, "true"), dependsOn: [] } };
  settled.callersGrant = keyAccess("true", []).exact;
}

function hearRefused(settled: SettledAction, claims: Claims, decision: Decision): void {
  const blocking = [...decision.explicit, ...decision.silent];
  if (blocking.length > 0) {
    for (const layer of blocking) settled.layers[layer].sources.push("dry-run");
    return;
  }
  const isUnknown = (layer: Layer) =>
    claims.denial[layer] === undefined && verdictOf(settled.layers[layer].judgement) === "unknown";
  const unknown = layers.filter(isUnknown);
  const likely = unknown.filter((layer) => !settled.layers[layer].judgement.takenToAllow);
  const [only, ...others] = likely.length > 0 ? likely : unknown;
  if (only !== undefined && others.length === 0) {
    apply(settled, only, { verdict: "implicitDeny", policy: null }, "dry-run");
    return;
  }
  settled.refusedUnnamed = true;
  if (only === undefined) {
    disagree(
      settled,
      "key-policy",
      { policies: "allowed", "dry-run": "implicitDeny" },
      "KMS refused a dry run although everything that was read allows it; a change may still be on its way.",
    );
  }
}
