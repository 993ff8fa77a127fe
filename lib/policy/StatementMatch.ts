import type { Truth } from "./Truth.js";

/**
 * How a Principal element names the caller. `account`: by the account's root ARN or its id, which stands for every
 * principal of the account. `role`: by the role's ARN, for a role or a session of it. `issuer`: by the ARN of the IAM
 * user who asked for the federated session. `none`: the statement has no Principal element.
 */
export type PrincipalForm =
  | "none"
  | "everyone"
  | "account"
  | "user"
  | "role"
  | "session"
  | "federated-user"
  | "issuer"
  | "service"
  | "not-principal";

/** A statement that applies to the request, or might. */
export interface StatementMatch {
  index: number;
  sid: string | null;
  effect: "Allow" | "Deny";
  /** Never "false": statements that do not apply are left out. */
  truth: Exclude<Truth, "false">;
  /** The unknown keys that the statement still hangs on; empty where truth is "true". */
  readonly dependsOn: readonly string[];
  /** Every form by which Principal (or NotPrincipal) names the caller, with how sure that is. */
  readonly forms: readonly { readonly form: PrincipalForm; readonly truth: Exclude<Truth, "false"> }[];
}
