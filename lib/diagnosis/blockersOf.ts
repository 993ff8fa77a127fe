import { tagAction, unprovenActions } from "../facts/actions.js";
import { blockerOrder, type Layer } from "../facts/layers.js";
import type { KnownCaller } from "../question/KnownCaller.js";
import type { Finding } from "../verdict/LayerJudgement.js";
import type { Blocker } from "./Diagnosis.js";
import { blockerReason } from "./phrases.js";
import type { WeighedAction } from "./weigh.js";
import type { Weight } from "./weighedBefore.js";

interface Found {
  layer: Layer;
  effect: Blocker["effect"];
  finding: Finding;
  actions: [string, ...string[]];
  notes: string[];
  isFirm: boolean;
}

/** So many are told; the others are counted (specification, rule 17). */
const most = 100;

/**
 * The blockers, each with policy, statement and target, in the order of the specification's rule 13.
 *
 * @param named the action that the denial's message names
 * @returns `others`: those that are only counted
 */
export function blockersOf(
  weighed: readonly WeighedAction[],
  named: string | null,
  caller: KnownCaller,
): { blockers: Blocker[]; omitted: number; others: () => Blocker[] } {
  const found = new Map<string, Found>();
  const keyOf = newKeys();
  for (const one of weighed) {
    const { action } = one.question;
    const isProven = !unprovenActions.has(action) && (action !== tagAction || action === named);
    const standing = one.firm === one.weight ? null : new Set(blamed(one.firm, keyOf).map(({ key }) => key));
    for (const { key, layer, effect, finding } of blamed(one.weight, keyOf)) {
      const known = found.get(key);
      const entry: Found = known ?? { layer, effect, finding, actions: [action], notes: [], isFirm: false };
      if (known === undefined) found.set(key, entry);
      else if (known.actions.at(-1) !== action) known.actions.push(action);
      if (finding.note !== "" && !entry.notes.includes(finding.note)) entry.notes.push(finding.note);
      // One that does not stand without an assumption is only probable.
      if (isProven && (standing === null || standing.has(key))) entry.isFirm = true;
    }
  }
  const rank = weighed.map(({ question }) => question.action);
  const sorted = [...found.values()].sort((one, other) => compare(one, other, rank));
  return {
    blockers: sorted.slice(0, most).map((one) => toBlocker(one, caller)),
    omitted: Math.max(0, sorted.length - most),
    others: () => sorted.slice(most).map((one) => toBlocker(one, caller)),
  };
}

type KeyOf = (layer: Layer, effect: Blocker["effect"], finding: Finding) => string;

/** Policies by number, so that a key is made quickly however often a policy is blamed. */
function newKeys(): KeyOf {
  const byRef = new Map<Finding["policy"], number>();
  const byText = new Map<string, number>();
  const numberOf = (policy: Finding["policy"]): number => {
    const known = byRef.get(policy);
    if (known !== undefined) return known;
    const text = JSON.stringify(policy);
    const number = byText.get(text) ?? byText.size;
    byText.set(text, number);
    byRef.set(policy, number);
    return number;
  };
  const keys = new Map<Finding, string>();
  return (layer, effect, finding) => {
    const known = keys.get(finding);
    if (known !== undefined) return known;
    const { policy, statement, target } = finding;
    const key = `${layer} ${effect} ${numberOf(policy)} ${statement?.index ?? ""} ${JSON.stringify(statement?.sid ?? null)} ${target ?? ""}`;
    // A statement's own finding belongs to one layer and effect; one that is about no statement is shared by layers.
    if (statement !== null) keys.set(finding, key);
    return key;
  };
}

interface Blame {
  /** One blocker per layer, effect, policy, statement and target. */
  key: string;
  layer: Layer;
  effect: Blocker["effect"];
  finding: Finding;
}

function blamed({ settled, decision }: Weight, keyOf: KeyOf): Blame[] {
  const blame = (layer: Layer, effect: Blocker["effect"], findings: readonly Finding[]) =>
    findings.map((finding) => ({ key: keyOf(layer, effect, finding), layer, effect, finding }));
  return [
    ...decision.explicit.flatMap((layer) => blame(layer, "explicitDeny", settled.layers[layer].judgement.denying)),
    ...decision.silent.flatMap((layer) => blame(layer, "implicitDeny", settled.layers[layer].judgement.silent)),
  ];
}

function toBlocker({ layer, effect, finding, actions, notes, isFirm }: Found, caller: KnownCaller): Blocker {
  const { policy, statement, target } = finding;
  const blocker = { layer, effect, actions, policy, statement, target };
  return { ...blocker, certainty: isFirm ? "confirmed" : "probable", reason: blockerReason(blocker, notes, caller) };
}

function compare(one: Found, other: Found, rank: readonly string[]): number {
  return (
    Number(other.isFirm) - Number(one.isFirm) ||
    Number(other.effect === "explicitDeny") - Number(one.effect === "explicitDeny") ||
    blockerOrder.indexOf(one.layer) - blockerOrder.indexOf(other.layer) ||
    rank.indexOf(one.actions[0]) - rank.indexOf(other.actions[0])
  );
}
