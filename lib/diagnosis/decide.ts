import { type Layer, layers, type Verdict } from "../facts/layers.js";
import { and } from "../policy/kleene.js";
import type { Truth } from "../policy/Truth.js";
import type { Inquiry, Question } from "../question/inquiryOf.js";
import { anyPath, type KeyAccess, keyAccess, keyWays } from "../verdict/KeyAccess.js";
import { type LayerJudgement, unique } from "../verdict/LayerJudgement.js";
import { type Reach, reach } from "./reach.js";
import type { SettledAction } from "./SettledAction.js";

/** What all layers together say to one action. */
export interface ActionDecision {
  readonly verdict: Exclude<Verdict, "notApplicable">;
  /** The layers that deny explicitly, and those whose silence blocks. */
  readonly explicit: readonly Layer[];
  readonly silent: readonly Layer[];
  /** The layers that are not decided and could turn the action, with what they hang on. */
  readonly suspects: readonly { readonly layer: Layer; readonly dependsOn: readonly string[] }[];
}

/** Layers whose silence stops an action whatever else allows it (specification, rules 4 and 6). */
const neverBypassed: ReadonlySet<Layer> = new Set<Layer>([
  "service-control-policy",
  "resource-control-policy",
  "key-state",
  "vpc-endpoint-policy",
]);

const nobody: readonly never[] = Object.freeze([]);

/** How an action is decided, for a question about a key. */
export function reachBy(
  { key }: Pick<Inquiry, "key">,
  { action, kind }: Pick<Question, "action" | "kind">,
): Reach["by"] {
  if (kind !== "kms" || action === "kms:RetireGrant") return "identity";
  if (key.isMissing) return "limits";
  return key.isOwn ? "own-key" : "foreign-key";
}

/** Combines the layers of one action (specification, rules 2 to 7 and 12). */
export function decide(settled: SettledAction, by: Reach["by"]): ActionDecision {
  const given = reachOf(settled, by);
  const explicit: Layer[] = [];
  const silent: Layer[] = [];
  let isOpen = settled.isRefusedUnnamed;
  for (const layer of layers) {
    const { judgement, isForced } = settled.layers[layer];
    if (!judgement.applies) continue;
    if (judgement.denies === "true") explicit.push(layer);
    else if (judgement.allows === "false" && (isForced || silenceBlocks(layer, given))) silent.push(layer);
    if (judgement.denies === "unknown" || judgement.allows !== "true") isOpen = true;
  }
  const reached = reach(given);
  const suspects = isOpen || reached !== "true" ? suspectsAmong(settled, given, explicit, silent) : nobody;
  const isUndecided = suspects.length > 0 || settled.isRefusedUnnamed || reached !== "true";
  return {
    verdict:
      explicit.length > 0 ? "explicitDeny" : silent.length > 0 ? "implicitDeny" : isUndecided ? "unknown" : "allowed",
    explicit,
    silent,
    suspects,
  };
}

function reachOf({ layers: settled, access, callersGrant }: SettledAction, by: Reach["by"]): Reach {
  const allows = (layer: Layer): Truth => {
    const { applies, takenToAllow, allows } = settled[layer].judgement;
    return !applies || takenToAllow ? "true" : allows;
  };
  return {
    by,
    identity: allows("identity-policy"),
    boundary: allows("permissions-boundary"),
    session: allows("session-policy"),
    access,
    callersGrant: callersGrant.truth,
    callersExactGrant: callersGrant.exact,
    isUndocumentedFree: "unknown",
  };
}

/** Whether a layer's silence stops the action whatever the unknowns turn out to be. */
function silenceBlocks(layer: Layer, given: Reach): boolean {
  const isKeyed = given.by === "own-key" || given.by === "foreign-key";
  switch (layer) {
    case "identity-policy": {
      if (given.by === "limits") return false;
      if (given.by === "foreign-key") return given.callersGrant === "false";
      const unlimited: Reach = { ...given, boundary: "true", session: "true" };
      return reach(unlimited) === "false" && reach({ ...unlimited, identity: "true" }) === "true";
    }
    case "permissions-boundary":
      return reach({ ...given, access: sideOf(given), identity: "true", session: "true" }) === "false";
    case "session-policy":
      return reach({ ...given, access: sideOf(given), identity: "true", boundary: "true" }) === "false";
    case "key-policy":
      return isKeyed && anyPath(given.access) === "false";
    case "service-control-policy":
    case "resource-control-policy":
    case "key-state":
    case "vpc-endpoint-policy":
      return true;
  }
}

/** Another account's key policy lets nobody past the limits, so their silence is judged as if it let the caller in. */
function sideOf({ by, access }: Reach): KeyAccess {
  return by === "foreign-key" ? keyAccess({ truth: "true", dependsOn: [] }) : access;
}

function suspectsAmong(
  settled: SettledAction,
  given: Reach,
  explicit: readonly Layer[],
  silent: readonly Layer[],
): ActionDecision["suspects"] {
  const found: { layer: Layer; dependsOn: readonly string[] }[] = [];
  for (const layer of layers) {
    const { judgement } = settled.layers[layer];
    if (!judgement.applies || judgement.takenToAllow || explicit.includes(layer) || silent.includes(layer)) continue;
    const dependsOn = suspicion(layer, judgement, given);
    if (dependsOn !== null) found.push({ layer, dependsOn: unique(dependsOn) });
  }
  return found;
}

/** What an undecided layer that could turn the action hangs on; null where it could not. */
function suspicion(layer: Layer, judgement: LayerJudgement, given: Reach): string[] | null {
  const mayDeny = judgement.denies === "unknown";
  const dependsOn = mayDeny ? [...judgement.denyDependsOn] : [];
  if (neverBypassed.has(layer)) {
    if (judgement.allows === "unknown") return [...dependsOn, ...judgement.allowDependsOn];
    return mayDeny ? dependsOn : null;
  }
  if (!couldTurn(layer, judgement, given)) return mayDeny ? dependsOn : null;
  if (layer === "key-policy") return [...dependsOn, ...openKeys(given.access)];
  return [...dependsOn, ...(judgement.allows === "false" ? openKeys(given.access) : []), ...judgement.allowDependsOn];
}

/** What the undecided ways through key policy and grants hang on. */
function openKeys(access: KeyAccess): string[] {
  return keyWays.filter((path) => access[path].truth === "unknown").flatMap((path) => access[path].dependsOn);
}

/** What the layers that the key's own ways get past are called there. */
const identityParts: Partial<Record<Layer, "identity" | "boundary" | "session">> = {
  "identity-policy": "identity",
  "permissions-boundary": "boundary",
  "session-policy": "session",
};

/** Whether the layer's undecided Allow, or its silence that does not surely block, makes a difference in some filling. */
function couldTurn(layer: Layer, { allows }: LayerJudgement, given: Reach): boolean {
  const part = identityParts[layer];
  if (part === undefined) return turns("key", given, () => keyTurns(given));
  if (part === "identity" ? allows !== "unknown" : allows === "true") return false;
  return turns(part, given, () => differs(given, part));
}

/** What turns an action hangs on a dozen truths alone: there are only so many situations, and few occur. */
const turned = new Map<string, boolean>();

function turns(part: string, given: Reach, look: () => boolean): boolean {
  const { by, identity, boundary, session, access, callersGrant, callersExactGrant, isUndocumentedFree } = given;
  const ways = keyWays.map((way) => access[way].truth).join();
  const situation = `${part} ${by} ${identity} ${boundary} ${session} ${ways} ${callersGrant} ${callersExactGrant} ${isUndocumentedFree}`;
  const known = turned.get(situation);
  if (known !== undefined) return known;
  const found = look();
  turned.set(situation, found);
  return found;
}

function differs(given: Reach, part: "identity" | "boundary" | "session"): boolean {
  return fillings({ ...given, [part]: "true" }).some(
    (filled) => reach(filled) !== reach({ ...filled, [part]: "false" }),
  );
}

function keyTurns(given: Reach): boolean {
  const isOpen = keyWays.some((path) => given.access[path].truth === "unknown");
  if (!isOpen && given.callersGrant !== "unknown" && given.callersExactGrant !== "unknown") return false;
  return fillings(given).some((filled) => {
    const shut: Reach = {
      ...filled,
      access: shutWhere(filled.access, given.access),
      callersGrant: given.callersGrant === "unknown" ? "false" : filled.callersGrant,
      callersExactGrant: given.callersExactGrant === "unknown" ? "false" : filled.callersExactGrant,
    };
    return reach(filled) !== reach(shut);
  });
}

function shutWhere(filled: KeyAccess, given: KeyAccess): KeyAccess {
  const one = (path: (typeof keyWays)[number]) =>
    given[path].truth === "unknown" ? ({ ...filled[path], truth: "false" } as const) : filled[path];
  return { exact: one("exact"), role: one("role"), everyone: one("everyone"), account: one("account") };
}

/**
 * Every way to fill in what is unknown. What is silent is also taken as mended, because a suspect is told even where
 * another layer blocks already.
 */
function fillings(given: Reach): Reach[] {
  let all: Reach[] = [given];
  const spread = (fill: (one: Reach, truth: Truth) => Reach) => {
    all = all.flatMap((one) => [fill(one, "true"), fill(one, "false")]);
  };
  for (const part of ["identity", "boundary", "session"] as const) {
    if (given[part] !== "true") spread((one, truth) => ({ ...one, [part]: truth }));
  }
  const isMendable = anyPath(given.access) === "false";
  for (const path of keyWays) {
    const { truth: known } = given.access[path];
    if (known === "unknown" || isMendable) {
      spread((one, truth) => ({ ...one, access: { ...one.access, [path]: { ...one.access[path], truth } } }));
    }
  }
  if (given.callersGrant === "unknown") spread((one, truth) => ({ ...one, callersGrant: truth }));
  if (given.callersExactGrant === "unknown") {
    spread((one, truth) => ({ ...one, callersExactGrant: and(truth, one.callersGrant) }));
  }
  if (given.isUndocumentedFree === "unknown") spread((one, truth) => ({ ...one, isUndocumentedFree: truth }));
  return all;
}
