import { and, or } from "../policy/kleene.js";
import type { Truth } from "../policy/Truth.js";
import { anyPath, type KeyAccess } from "../verdict/KeyAccess.js";

/** What has to come together for an action to be let through, besides the layers that nothing makes up for. */
export interface Reach {
  /**
   * What decides: `identity` where there is no key policy to ask (also kms:RetireGrant); `limits` alone where the key
   * does not exist and nothing is known of what its policy would be; else the key in the own or another account.
   */
  readonly by: "identity" | "limits" | "own-key" | "foreign-key";
  readonly identity: Truth;
  readonly boundary: Truth;
  readonly session: Truth;
  readonly access: KeyAccess;
  readonly callersGrant: Truth;
  /** Whether a grant of the caller's account names the exact session. */
  readonly callersExactGrant: Truth;
  /** Whether a way that AWS does not document is free of boundary and session policy's silence. */
  readonly isUndocumentedFree: Truth;
}

/**
 * Whether the Allows of identity policy, boundary, session policy, key policy and grants together reach the action
 * (specification, rules 4, 5 and 7).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function reach(given: Reach): Truth {
  const { identity, boundary, session, access, callersGrant, callersExactGrant, isUndocumentedFree } = given;
  const limits = and(boundary, session);
  switch (given.by) {
    case "identity":
      return and(identity, limits);
    case "limits":
      return limits;
    case "foreign-key":
      return and(
        anyPath(access),
        or(and(identity, limits), and(callersGrant, limits), and(callersExactGrant, isUndocumentedFree)),
      );
    case "own-key":
      return or(
        access.exact.truth,
        and(access.role.truth, limits),
        and(access.everyone.truth, or(limits, isUndocumentedFree)),
        and(access.account.truth, identity, limits),
      );
  }
}
