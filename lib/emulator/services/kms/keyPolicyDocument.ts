import { serviceSizes } from "../../../facts/policySizes.js";
import { parsePolicy } from "../../../policy/parsePolicy.js";
import { arnOf } from "../../arnOf.js";
import { authorize } from "../../authorization/authorize.js";
import { ownContext } from "../../authorization/callContext.js";
import type { Call } from "../../Call.js";
import { flagOf } from "../../input.js";
import { keyContext } from "../../keys.js";
import { isPrincipal } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import { servedText } from "../../servedText.js";
import type { WorldDocument, WorldKey } from "../../World.js";

/**
 * Whether KMS would store this key policy: it must be sound and, unless the caller insists, let the caller change it
 * again.
 *
 * @throws ServiceError MalformedPolicyDocumentException, LimitExceededException
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
 */
export function requireStorable(call: Call, key: WorldKey, policy: WorldDocument): void {
  const { most } = serviceSizes["key-policy"];
  if (Buffer.byteLength(servedText(policy) ?? "") > most) {
    throw new ServiceError("LimitExceededException", `A key policy has at most ${most} bytes.`);
  }
  const parsed = parsePolicy(policy, { principalRequired: true });
  if (parsed.damage.length > 0) {
    throw new ServiceError(
      "MalformedPolicyDocumentException",
      "The request was rejected because the specified policy is not syntactically or semantically correct.",
    );
  }
  const named = parsed.statements.flatMap(({ principal }) => principal?.names ?? []);
  if (named.some(({ type, name }) => type === "AWS" && !isPrincipal(call.state.world, name))) {
    throw new ServiceError(
      "MalformedPolicyDocumentException",
      "Policy contains a statement with one or more invalid principals.",
    );
  }
  if (flagOf(call.input, "BypassPolicyLockoutSafetyCheck") === true) return;
  const { state, session } = call;
  const owner = arnOf(key.arn).accountId;
  const decision = authorize(state.world, session, {
    action: "kms:PutKeyPolicy",
    resource: key.arn,
    context: {
      ...ownContext(state.world, session, call, owner),
      ...keyContext(key),
      "kms:CallerAccount": session.accountId,
    },
    key: { ...key, policy },
  });
  if (decision.allowed) return;
  throw new ServiceError(
    "MalformedPolicyDocumentException",
    "The new key policy will not allow you to update the key policy in the future.",
  );
}
