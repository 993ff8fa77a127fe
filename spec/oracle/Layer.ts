/** The specification's eight layers. */
export type Layer =
  | "identity-policy"
  | "permissions-boundary"
  | "session-policy"
  | "service-control-policy"
  | "resource-control-policy"
  | "key-policy"
  | "key-state"
  | "vpc-endpoint-policy";
