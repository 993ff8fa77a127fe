/** The kinds of policy, and the key's state, that can block; in the contract's order. */
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
