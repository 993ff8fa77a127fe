import { or } from "../policy/kleene.js";
import type { Truth } from "../policy/Truth.js";
import type { LayerJudgement } from "./LayerJudgement.js";

/**
 * The ways in which a key policy or a grant lets a caller through (specification, rules 4 and 5).
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

export const keyWays: readonly KeyPath[] = ["exact", "role", "everyone", "account"];

/** How open a way is, and the unknown keys it hangs on. */
export interface Way {
  readonly truth: Truth;
  readonly dependsOn: readonly string[];
}

/** How open each way is. */
export type KeyAccess = Readonly<Record<KeyPath, Way>>;

/** What the key policy alone says, and the ways that it alone opens. */
export interface OwnKeyJudgement {
  readonly judgement: LayerJudgement;
  readonly access: KeyAccess;
}

/** Grants of the caller's account on another account's key, which stand for the identity policy. */
export interface CallersGrant extends Way {
  /** Whether one of them names the exact session. */
  readonly exact: Truth;
}

const shut: Way = Object.freeze({ truth: "false", dependsOn: [] });

/** No way is open. */
export const closed: KeyAccess = keyAccess(shut);
export const noGrant: CallersGrant = Object.freeze({ ...shut, exact: "false" });

/** All ways alike. */
export function keyAccess(way: Way): KeyAccess {
  return { exact: way, role: way, everyone: way, account: way };
}

/** Another way to the same end: open where one of the two is. */
export function opened(way: Way, truth: Truth, dependsOn: readonly string[]): Way {
  return { truth: or(way.truth, truth), dependsOn: [...new Set([...way.dependsOn, ...dependsOn])] };
}

/** Whether any way is open, whoever must agree besides. */
export function anyPath({ exact, role, everyone, account }: KeyAccess): Truth {
  return or(exact.truth, role.truth, everyone.truth, account.truth);
}
