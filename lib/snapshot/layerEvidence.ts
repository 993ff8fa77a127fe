import type { PolicyLayer } from "../facts/layers.js";
import type { Evidence } from "./Evidence.js";
import type { OrganizationTarget, Policy, Snapshot } from "./Snapshot.js";

/** One policy of a snapshot, and where it stands. */
export interface PolicyPlace {
  layer: PolicyLayer;
  /** Service and resource control policies: the id of the root, organizational unit or account. */
  target: string | null;
  /** As `policies.identity[0]`. */
  path: string;
  policy: Policy;
}

/** Policies that count as one: all of a layer, or those of one root, organizational unit or account. */
export interface PolicyLevel {
  target: string | null;
  name: string | null;
  path: string;
  places: PolicyPlace[];
  /** Of which target not all policies are known, and why; null where they are. */
  unreadable: string | null;
}

/** What was read of one layer's policies. */
export type LayerEvidence =
  /** `source`: the very value of the snapshot, by which it is known again; `levels`: made when they are asked for. */
  | { status: "read"; levels: () => PolicyLevel[]; source: object }
  | { status: "none" }
  | { status: "unread"; path: string; reason: string };

/**
 * What a snapshot holds of each layer's policies: the one walk that knows where they stand.
 *
 * @example
 * const identity = layerEvidence(snapshot)["identity-policy"];
 * if (identity.status === "read") console.log(identity.levels()[0]?.places.length);
 */
export function layerEvidence({ policies, key }: Snapshot): Record<PolicyLayer, LayerEvidence> {
  return {
    "identity-policy": listed("identity-policy", "policies.identity", policies.identity),
    "permissions-boundary": single(
      "permissions-boundary",
      "policies.permissionsBoundary",
      policies.permissionsBoundary,
    ),
    "session-policy": listed("session-policy", "policies.session", policies.session),
    "service-control-policy": byTarget("service-control-policy", "policies.serviceControl", policies.serviceControl),
    "resource-control-policy": byTarget(
      "resource-control-policy",
      "policies.resourceControl",
      policies.resourceControl,
    ),
    "key-policy":
      key.status === "read" ? single("key-policy", "key.policy", key.value.policy) : ofUnreadKey("key", key),
    "vpc-endpoint-policy": single("vpc-endpoint-policy", "policies.vpcEndpoint", policies.vpcEndpoint),
  };
}

/** Every policy of a snapshot, layer by layer, with where it stands. */
export function placesOf(snapshot: Snapshot): PolicyPlace[] {
  return Object.values(layerEvidence(snapshot)).flatMap((evidence) =>
    evidence.status === "read" ? evidence.levels().flatMap(({ places }) => places) : [],
  );
}

function listed(layer: PolicyLayer, path: string, evidence: Evidence<Policy[]>): LayerEvidence {
  if (evidence.status !== "read") return notRead(path, evidence);
  const places = () =>
    evidence.value.map((policy, index) => ({ layer, target: null, path: `${path}[${index}]`, policy }));
  return {
    status: "read",
    levels: () => [{ target: null, name: null, path, places: places(), unreadable: null }],
    source: evidence.value,
  };
}

function single(layer: PolicyLayer, path: string, evidence: Evidence<Policy>): LayerEvidence {
  if (evidence.status !== "read") return notRead(path, evidence);
  const places = [{ layer, target: null, path, policy: evidence.value }];
  return {
    status: "read",
    levels: () => [{ target: null, name: null, path, places, unreadable: null }],
    source: evidence.value,
  };
}

function byTarget(layer: PolicyLayer, path: string, evidence: Evidence<OrganizationTarget[]>): LayerEvidence {
  if (evidence.status !== "read") return notRead(path, evidence);
  return {
    status: "read",
    source: evidence.value,
    levels: () =>
      evidence.value.map(({ id, name, policies, unreadable }, level) => ({
        target: id,
        name: name ?? null,
        path: `${path}[${level}]`,
        places: policies.map((policy, index) => ({
          layer,
          target: id,
          path: `${path}[${level}].policies[${index}]`,
          policy,
        })),
        unreadable: unreadable === undefined ? null : `${id}: ${unreadable}`,
      })),
  };
}

function ofUnreadKey(path: string, evidence: Evidence<unknown>): LayerEvidence {
  // Of a key that does not exist there is no policy; whether that matters is for the question to say.
  return evidence.status === "none" ? { status: "none" } : notRead(path, evidence);
}

function notRead(path: string, evidence: Evidence<unknown>): LayerEvidence {
  if (evidence.status === "none") return { status: "none" };
  return { status: "unread", path, reason: unreadReason(evidence) };
}

/** Why evidence is missing, for a person. */
function unreadReason(evidence: Evidence<unknown>): string {
  return evidence.status === "unreadable" ? evidence.reason : "not read";
}
