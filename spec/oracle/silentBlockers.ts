import type { Layer } from "./Layer.js";
import type { Form } from "./principalForms.js";

/** What the layers that must allow say to one action, where none denies explicitly. */
export interface Sides {
  /** The caller's account owns the resource. */
  sameAccount: boolean;
  /** How the resource's side lets the caller in; an action without a resource policy is in the account's own hands. */
  forms: Form[];
  /** A grant that the caller's account issued stands for its identity policies. */
  grantedByCallersAccount: boolean;
  /** Such a grant names the very session or user. */
  isExactlyGranted?: boolean;
  identityAllows: boolean;
  boundaryAllows: boolean;
  sessionAllows: boolean;
  limitsHoldForAnyone: () => boolean;
  /** Whether boundary and session policy limit by silence what such an exact grant gives on another account's key. */
  limitsHoldAcross?: () => boolean;
}

/**
 * Which of the layers block by silence. In the resource's own account one way in suffices, and what it passes by depends on
 * whom the resource policy names; across accounts both sides must allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function silentBlockers(sides: Sides): Layer[] {
  const { sameAccount, forms } = sides;
  const blockers: Layer[] = [];
  const passes = (form: Form) => sameAccount && forms.includes(form);
  const needsIdentity =
    !passes("exact") && !passes("behind") && !passes("anyone") && !(!sameAccount && sides.grantedByCallersAccount);
  const isExactAcross = !sameAccount && sides.grantedByCallersAccount && sides.isExactlyGranted === true;
  const limitsHold = () =>
    !passes("exact") &&
    !(passes("anyone") && !sides.limitsHoldForAnyone()) &&
    !(isExactAcross && sides.limitsHoldAcross?.() === false);

  if (forms.length === 0) blockers.push("key-policy");
  // In one account, where the resource's side lets nobody in, the identity policies have no say.
  if (needsIdentity && !sides.identityAllows && (forms.length > 0 || !sameAccount)) blockers.push("identity-policy");
  if (!sides.boundaryAllows && limitsHold()) blockers.push("permissions-boundary");
  if (!sides.sessionAllows && limitsHold()) blockers.push("session-policy");
  return blockers;
}
