/** The kinds of policy, and the key's state, that can block; in the specification's order. */
export const layers = [
  "identity-policy",
  "permissions-boundary",
  "session-policy",
  "service-control-policy",
  "resource-control-policy",
  "key-policy",
  "key-state",
  "vpc-endpoint-policy",
] as const;

/** One kind of policy (or the key's state) that can block. */
export type Layer = (typeof layers)[number];

/** The layers that are policies: all but the key's state. */
export type PolicyLayer = Exclude<Layer, "key-state">;

export const verdicts = ["allowed", "explicitDeny", "implicitDeny", "unknown", "notApplicable"] as const;

/** What one layer says to one action, or what all of them together say. */
export type Verdict = (typeof verdicts)[number];

export const sources = ["policies", "simulator", "denial-message", "cloudtrail", "dry-run"] as const;

/** Where a verdict comes from. */
export type Source = (typeof sources)[number];

/** Each layer as a person says it. */
export const layerNames: Readonly<Record<Layer, string>> = {
  "identity-policy": "identity policy",
  "permissions-boundary": "permissions boundary",
  "session-policy": "session policy",
  "service-control-policy": "service control policy",
  "resource-control-policy": "resource control policy",
  "key-policy": "key policy",
  "key-state": "key",
  "vpc-endpoint-policy": "VPC endpoint policy",
};

/** The order in which blockers of one certainty and effect are told (specification, rule 13). */
export const blockerOrder: readonly Layer[] = [
  "service-control-policy",
  "resource-control-policy",
  "key-state",
  "key-policy",
  "identity-policy",
  "permissions-boundary",
  "session-policy",
  "vpc-endpoint-policy",
];

/** Who can change a layer. */
export const layerOwners: Readonly<Record<Layer, "account" | "organization" | "key-owner">> = {
  "identity-policy": "account",
  "permissions-boundary": "account",
  "session-policy": "account",
  "service-control-policy": "organization",
  "resource-control-policy": "organization",
  "key-policy": "key-owner",
  "key-state": "key-owner",
  "vpc-endpoint-policy": "account",
};

/** Not read, these are taken to allow, since they are seldom there and no API tells all of them (specification, rule 2). */
export const takenToAllowUnread: ReadonlySet<Layer> = new Set<Layer>([
  "session-policy",
  "resource-control-policy",
  "vpc-endpoint-policy",
]);

/** Layers whose documents need a Principal in every statement. */
export const principalLayers: ReadonlySet<Layer> = new Set<Layer>([
  "key-policy",
  "resource-control-policy",
  "vpc-endpoint-policy",
]);
