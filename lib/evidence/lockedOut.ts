import { planKeyPrefix } from "../facts/planKeys.js";
import { evaluatePolicies } from "../policy/evaluatePolicies.js";
import type { PlannedKey } from "../question/PlannedKey.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { KeyEvidence } from "./readKey.js";

/**
 * The key, in an unknown state where KMS would not take its planned policy: that must let whoever puts it change it again,
 * or leave that to the account. Where that cannot be told, KMS is taken to take it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
 */
export function lockedOut(
  key: KeyEvidence,
  planned: PlannedKey | undefined,
  { caller, request }: Pick<Snapshot, "caller" | "request">,
): KeyEvidence {
  if (planned === undefined || planned.status === "unknown" || planned.isGuarded !== true) return key;
  // Another role makes it, of which nothing is known here.
  if (planned.status === "new" && planned.accountId !== null) return key;
  if (key.status !== "read" || key.value.policy.status !== "read") return key;
  const { arn, policy, state } = key.value;
  const asked = {
    action: "kms:PutKeyPolicy",
    resource: arn,
    principal: caller.arn,
    context: {
      "aws:PrincipalArn": caller.principalArn,
      "aws:PrincipalAccount": request.accountId,
      "aws:RequestedRegion": request.region,
      "kms:CallerAccount": request.accountId,
    },
  };
  const { document } = policy.value;
  if (document === null || (state !== null && state !== "Enabled")) return key;
  // Where the policy leaves it to the account, its identity policies may allow it.
  const { verdict } = evaluatePolicies([document], asked);
  if (verdict === "allowed" || verdict === "unknown") return key;
  const why = `whether there is such a key: KMS refuses a policy by which ${caller.principalArn}, who would make ${planned.address}, could not change it again (kms:PutKeyPolicy)`;
  return { status: "read", value: { ...key.value, state: `${planKeyPrefix}${why}` } };
}
