import type { Layer } from "../verdict/Layer.js";
import type { Finding } from "../verdict/LayerJudgement.js";
import { blockerReason } from "./blockerReason.js";
import type { Blocker } from "./Diagnosis.js";
import type { WeighedAction } from "./weigh.js";

/**
 * AWS documents these three as required, and published cases show vaults that were created without them, so a blocker
 * of these alone is only probable (contract, rule 10).
 */
const unprovenActions: ReadonlySet<string> = new Set(["kms:Decrypt", "kms:GenerateDataKey", "kms:RetireGrant"]);

/** The order in which blockers of one certainty and effect are told (contract, rule 13). */
const layerOrder: readonly Layer[] = [
  "service-control-policy",
  "resource-control-policy",
  "key-state",
  "key-policy",
  "identity-policy",
  "permissions-boundary",
  "session-policy",
  "vpc-endpoint-policy",
];

interface Found {
  layer: Layer;
  effect: Blocker["effect"];
  finding: Finding;
  actions: [string, ...string[]];
  notes: string[];
  isFirm: boolean;
}

/**
 * All blockers at once, each with policy, statement and target, in the contract's order.
 *
 * @param withoutAssumptions the same actions weighed without the assumptions of the context table: a blocker that does
 * not stand there is only probable
 */
export function blockersOf(
  weighed: WeighedAction[],
  withoutAssumptions: WeighedAction[],
  principal: string,
): Blocker[] {
  const standing = new Set(collect(withoutAssumptions).map(({ key, action }) => `${key} ${action}`));
  const found = new Map<string, Found>();
  for (const { key, action, layer, effect, finding } of collect(weighed)) {
    const known = found.get(key);
    const one: Found = known ?? { layer, effect, finding, actions: [action], notes: [], isFirm: false };
    if (known !== undefined) known.actions.push(action);
    if (finding.note !== "" && !one.notes.includes(finding.note)) one.notes.push(finding.note);
    if (!unprovenActions.has(action) && standing.has(`${key} ${action}`)) one.isFirm = true;
    found.set(key, one);
  }
  const order = weighed.map(({ settled }) => settled.action);
  return [...found.values()].sort((one, other) => compare(one, other, order)).map((one) => toBlocker(one, principal));
}

interface Blame {
  key: string;
  action: string;
  layer: Layer;
  effect: Blocker["effect"];
  finding: Finding;
}

function collect(weighed: WeighedAction[]): Blame[] {
  return weighed.flatMap(({ settled, decision }) => {
    const { action } = settled;
    const blame = (layer: Layer, effect: Blocker["effect"], findings: Finding[]): Blame[] =>
      findings.map((finding) => ({ key: keyOfBlocker(layer, effect, finding), action, layer, effect, finding }));
    return [
      ...decision.explicit.flatMap((layer) => blame(layer, "explicitDeny", settled.layers[layer].judgement.denying)),
      ...decision.silent.flatMap((layer) => blame(layer, "implicitDeny", settled.layers[layer].judgement.silent)),
    ];
  });
}

/** One blocker per layer, effect, policy, statement and target. */
function keyOfBlocker(layer: Layer, effect: Blocker["effect"], { policy, statement, target }: Finding): string {
  return JSON.stringify([layer, effect, policy, statement, target]);
}

function toBlocker({ layer, effect, finding, actions, notes, isFirm }: Found, principal: string): Blocker {
  const { policy, statement, target } = finding;
  const blocker = { layer, effect, actions, policy, statement, target };
  return {
    ...blocker,
    certainty: isFirm ? "confirmed" : "probable",
    reason: blockerReason(blocker, notes, principal),
  };
}

function compare(one: Found, other: Found, order: readonly string[]): number {
  return (
    Number(other.isFirm) - Number(one.isFirm) ||
    Number(other.effect === "explicitDeny") - Number(one.effect === "explicitDeny") ||
    layerOrder.indexOf(one.layer) - layerOrder.indexOf(other.layer) ||
    order.indexOf(one.actions[0]) - order.indexOf(other.actions[0])
  );
}
