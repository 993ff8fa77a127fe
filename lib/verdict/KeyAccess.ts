import type { Truth } from "../policy/Truth.js";

/**
 * The ways in which a key policy or a grant lets a caller through (contract, rules 4 and 5).
 *
 * - `exact`: granted to the user, the session, or `*` with an aws:PrincipalArn condition: no identity policy is needed,
 *   and the silence of boundary and session policy does not limit it in the key's own account
 * - `role`: granted to the role (or, for a federated user, to the IAM user behind it): no identity policy is needed,
 *   boundary and session policy limit
 * - `everyone`: granted to `*` under other conditions: no identity policy is needed; whether boundary and session policy
 *   limit is not documented
 * - `account`: delegated to the account, so the identity policy decides
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type KeyPath = "exact" | "role" | "everyone" | "account";

export const keyPaths: readonly KeyPath[] = ["exact", "role", "everyone", "account"];

/** How open each way is, and the unknown keys it hangs on. */
export type KeyAccess = Record<KeyPath, { truth: Truth; dependsOn: string[] }>;

/** No way is open. */
export function closed(): KeyAccess {
  return keyAccess("false", []);
}

/** All ways alike. */
export function keyAccess(truth: Truth, dependsOn: string[]): KeyAccess {
  return {
    exact: { truth, dependsOn },
    role: { truth, dependsOn },
    everyone: { truth, dependsOn },
    account: { truth, dependsOn },
  };
}
