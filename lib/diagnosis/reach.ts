import type { Truth } from "../policy/Truth.js";
import { callKind } from "../request/callKind.js";
import type { KeyAccess } from "../verdict/KeyAccess.js";
import { anyPath } from "../verdict/keyPolicy.js";
import { and, or } from "../verdict/kleene.js";

/** What has to come together for an action to be let through, besides the layers that nothing makes up for. */
export interface Reach {
  action: string;
  /** The key is in the caller's account. */
  sameAccount: boolean;
  /** The key does not exist: nothing is known of what its policy would be. */
  noKey: boolean;
  identity: Truth;
  boundary: Truth;
  session: Truth;
  access: KeyAccess;
  callersGrant: Truth;
  /** Whether a key policy that grants to `*` under other conditions is free of boundary and session policy's silence. */
  everyoneIsUnlimited: Truth;
}

/**
 * Whether the Allows of identity policy, boundary, session policy, key policy and grants together reach the action
 * (contract, rules 4, 5 and 7).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function reach(given: Reach): Truth {
  const { identity, boundary, session, access, callersGrant } = given;
  const limits = and(boundary, session);
  if (callKind(given.action) !== "kms" || given.action === "kms:RetireGrant") return and(identity, limits);
  if (given.noKey) return limits;
  if (!given.sameAccount) return and(anyPath(access), or(identity, callersGrant), limits);
  return or(
    access.exact.truth,
    and(access.role.truth, limits),
    and(access.everyone.truth, or(limits, given.everyoneIsUnlimited)),
    and(access.account.truth, identity, limits),
  );
}
