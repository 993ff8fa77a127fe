import type { Key, Snapshot } from "../snapshot/Snapshot.js";
import type { OwnKeyJudgement } from "./KeyAccess.js";
import type { LayerJudgement } from "./LayerJudgement.js";
import type { Recalled } from "./recalled.js";

/**
 * What layers said before, to be said again while nothing that they hang on is another: a fix is proven by judging again
 * what it changes, not everything.
 */
export interface JudgementMemo {
  /** Whether the layers may be taken from here for this snapshot: who asks, about what and in which context is the same. */
  isOf(snapshot: Snapshot): boolean;
  readonly ofLayers: Map<string, Recalled<LayerJudgement>[]>;
  /** The key policy's own judgement, without grants. */
  readonly ofKeyPolicy: Map<string, Recalled<OwnKeyJudgement>[]>;
}

/** Nothing but the key's policy may differ: no other layer looks into that. */
function isSameKey(one: Snapshot["key"], other: Snapshot["key"]): boolean {
  return one === other || (one.status === "read" && other.status === "read" && isSameButPolicy(one.value, other.value));
}

function isSameButPolicy(one: Key, other: Key): boolean {
  const { policy: _, ...rest } = one;
  return Object.entries(rest).every(([name, value]) => value === other[name as keyof typeof rest]);
}

/** A memo for a snapshot and for those that differ from it in policies alone. */
export function newJudgementMemo(first: Snapshot): JudgementMemo {
  return {
    ofLayers: new Map(),
    ofKeyPolicy: new Map(),
    isOf: (snapshot) =>
      snapshot.request === first.request &&
      snapshot.caller === first.caller &&
      snapshot.context === first.context &&
      snapshot.organization === first.organization &&
      snapshot.capturedAt === first.capturedAt &&
      isSameKey(snapshot.key, first.key) &&
      snapshot.policies.permissionsBoundary.status === first.policies.permissionsBoundary.status &&
      snapshot.policies.vpcEndpoint === first.policies.vpcEndpoint,
  };
}
