import type { Truth } from "../policy/Truth.js";
import { callKind } from "../request/callKind.js";
import type { KnownKey } from "../request/keyOf.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { type KeyAccess, keyPaths } from "../verdict/KeyAccess.js";
import { anyPath } from "../verdict/keyPolicy.js";
import { type Layer, layers } from "../verdict/Layer.js";
import { type LayerJudgement, unique } from "../verdict/LayerJudgement.js";
import type { Verdict } from "../verdict/Verdict.js";
import { type Reach, reach } from "./reach.js";
import type { SettledAction } from "./Settled.js";

/** What all layers together say to one action. */
export interface Decision {
  verdict: Exclude<Verdict, "notApplicable">;
  /** The layers that deny explicitly, and those whose silence blocks. */
  explicit: Layer[];
  silent: Layer[];
  /** The layers that are not decided and could turn the action, with what they hang on. */
  suspects: { layer: Layer; dependsOn: string[]; note: string }[];
}

/** Layers whose silence stops an action whatever else allows it (contract, rules 4 and 6). */
const neverBypassed = [
  "service-control-policy",
  "resource-control-policy",
  "key-state",
  "vpc-endpoint-policy",
] as const;

type NeverBypassed = (typeof neverBypassed)[number];

function isNeverBypassed(layer: Layer): layer is NeverBypassed {
  return (neverBypassed as readonly Layer[]).includes(layer);
}

/** Combines the layers of one action (contract, rules 2 to 7 and 12). */
export function decide(settled: SettledAction, snapshot: Snapshot, key: KnownKey): Decision {
  const of = (layer: Layer) => settled.layers[layer].judgement;
  const given = reachOf(settled, snapshot, key);
  const explicit = layers.filter((layer) => of(layer).applies && of(layer).denies === "true");
  const silent = layers.filter((layer) => {
    const judgement = of(layer);
    if (!judgement.applies || judgement.denies === "true" || judgement.allows !== "false") return false;
    return settled.layers[layer].forced || silenceBlocks(layer, settled, given);
  });
  const suspects = layers
    .filter((layer) => of(layer).applies && !of(layer).takenToAllow)
    .filter((layer) => !explicit.includes(layer) && !silent.includes(layer))
    .flatMap((layer) => suspicion(layer, of(layer), given));

  const isUndecided = suspects.length > 0 || settled.refusedUnnamed || reach(given) !== "true";
  return {
    verdict:
      explicit.length > 0 ? "explicitDeny" : silent.length > 0 ? "implicitDeny" : isUndecided ? "unknown" : "allowed",
    explicit,
    silent,
    suspects,
  };
}

function reachOf(settled: SettledAction, snapshot: Snapshot, key: KnownKey): Reach {
  const allows = (layer: Layer): Truth => {
    const { applies, takenToAllow, allows } = settled.layers[layer].judgement;
    return !applies || takenToAllow ? "true" : allows;
  };
  return {
    action: settled.action,
    sameAccount: key.accountId === snapshot.request.accountId,
    noKey: snapshot.key.status === "none" && !key.isDefault,
    identity: allows("identity-policy"),
    boundary: allows("permissions-boundary"),
    session: allows("session-policy"),
    access: settled.access,
    callersGrant: settled.callersGrant.truth,
    everyoneIsUnlimited: "unknown",
  };
}

/** Whether a layer's silence stops the action whatever the unknowns turn out to be. */
function silenceBlocks(layer: Layer, { action }: SettledAction, given: Reach): boolean {
  const isKeyed = callKind(action) === "kms" && action !== "kms:RetireGrant" && !given.noKey;
  switch (layer) {
    case "identity-policy": {
      if (given.noKey && callKind(action) === "kms" && action !== "kms:RetireGrant") return false;
      const withAll: Reach = { ...given, boundary: "true", session: "true" };
      if (isKeyed && !given.sameAccount) return given.callersGrant === "false";
      return reach(withAll) === "false" && reach({ ...withAll, identity: "true" }) === "true";
    }
    case "permissions-boundary":
      return reach({ ...given, identity: "true", session: "true" }) === "false";
    case "session-policy":
      return reach({ ...given, identity: "true", boundary: "true" }) === "false";
    case "key-policy":
      return isKeyed && anyPath(given.access) === "false";
    case "service-control-policy":
    case "resource-control-policy":
    case "key-state":
    case "vpc-endpoint-policy":
      return true;
  }
}

/** A layer that is not decided and could turn the action: one entry, else none. */
function suspicion(layer: Layer, judgement: LayerJudgement, given: Reach): Decision["suspects"] {
  const dependsOn: string[] = [];
  let isSuspect = false;
  if (judgement.denies === "unknown") {
    isSuspect = true;
    dependsOn.push(...judgement.denyDependsOn);
  }
  if (isNeverBypassed(layer)) {
    if (judgement.allows === "unknown") {
      isSuspect = true;
      dependsOn.push(...judgement.allowDependsOn);
    }
  } else if (couldTurn(layer, judgement, given)) {
    isSuspect = true;
    dependsOn.push(...(layer === "key-policy" || judgement.allows === "false" ? openKeys(given.access) : []));
    if (layer !== "key-policy") dependsOn.push(...judgement.allowDependsOn);
  }
  return isSuspect ? [{ layer, dependsOn: unique(dependsOn), note: judgement.note }] : [];
}

/** What the undecided ways through key policy and grants hang on. */
function openKeys(access: KeyAccess): string[] {
  return keyPaths.filter((path) => access[path].truth === "unknown").flatMap((path) => access[path].dependsOn);
}

/** Whether the layer's undecided Allow, or its silence that does not surely block, makes a difference in some filling. */
function couldTurn(layer: Exclude<Layer, NeverBypassed>, { allows }: LayerJudgement, given: Reach): boolean {
  switch (layer) {
    case "identity-policy":
      return allows === "unknown" && differs(given, "identity");
    case "permissions-boundary":
      return allows !== "true" && differs(given, "boundary");
    case "session-policy":
      return allows !== "true" && differs(given, "session");
    case "key-policy":
      return keyTurns(given);
  }
}

function differs(given: Reach, part: "identity" | "boundary" | "session"): boolean {
  return fillings({ ...given, [part]: "true" }).some(
    (filled) => reach(filled) !== reach({ ...filled, [part]: "false" }),
  );
}

function keyTurns(given: Reach): boolean {
  const isOpen = keyPaths.some((path) => given.access[path].truth === "unknown");
  if (!isOpen && given.callersGrant !== "unknown") return false;
  const closedAccess = fillAccess(given.access, "false");
  return fillings(given).some(
    (filled) =>
      reach(filled) !== reach({ ...filled, access: closedAccess, callersGrant: givenOr(given.callersGrant, "false") }),
  );
}

function givenOr(truth: Truth, filling: Truth): Truth {
  return truth === "unknown" ? filling : truth;
}

function fillAccess(access: KeyAccess, filling: Truth): KeyAccess {
  const filled = { ...access };
  for (const path of keyPaths) filled[path] = { ...access[path], truth: givenOr(access[path].truth, filling) };
  return filled;
}

/**
 * Every way to fill in what is unknown. A silent identity policy, boundary or session policy is also taken as mended,
 * because a suspect is told even where another layer blocks already.
 */
function fillings(given: Reach): Reach[] {
  let all: Reach[] = [given];
  const each = (spread: (reach: Reach) => Reach[]) => {
    all = all.flatMap(spread);
  };
  for (const part of ["identity", "boundary", "session"] as const) {
    if (given[part] !== "true") {
      each((one) => [
        { ...one, [part]: "true" },
        { ...one, [part]: "false" },
      ]);
    }
  }
  for (const path of keyPaths) {
    if (given.access[path].truth !== "unknown") continue;
    each((one) =>
      (["true", "false"] as const).map((truth) => ({
        ...one,
        access: { ...one.access, [path]: { ...one.access[path], truth } },
      })),
    );
  }
  for (const part of ["callersGrant", "everyoneIsUnlimited"] as const) {
    if (given[part] !== "unknown") continue;
    each((one) => [
      { ...one, [part]: "true" },
      { ...one, [part]: "false" },
    ]);
  }
  return all;
}
