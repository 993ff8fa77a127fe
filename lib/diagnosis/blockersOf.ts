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
  actions: string[];
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
    const known = found.get(key) ?? { layer, effect, finding, actions: [], notes: [], isFirm: false };
    known.actions.push(action);
    if (finding.note !== "" && !known.notes.includes(finding.note)) known.notes.push(finding.note);
    if (!unprovenActions.has(action) && standing.has(`${key} ${action}`)) known.isFirm = true;
    found.set(key, known);
  }
  const order = weighed.map(({ settled }) => settled.action);
  return [...found.values()].map((one) => toBlocker(one, principal)).sort((one, other) => compare(one, other, order));
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

function compare(one: Blocker, other: Blocker, order: readonly string[]): number {
  const rank = ({ certainty, effect, layer, actions }: Blocker) => [
    certainty === "confirmed" ? 0 : 1,
    effect === "explicitDeny" ? 0 : 1,
    layerOrder.indexOf(layer),
    order.indexOf(actions[0] ?? ""),
  ];
  const others = rank(other);
  for (const [place, value] of rank(one).entries()) {
    const difference = value - (others[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
