import type { PolicyPrincipal } from "./PolicyDocument.js";
import { isAccount, namesIn } from "./principalForms.js";
import type { Question } from "./Question.js";

/**
 * Whether a Deny with NotPrincipal hits the caller. It spares a user whose account is listed with the user's ARN, a session
 * whose account is listed with the role's and the session's ARN; everybody where everybody is listed; and never a caller with a
 * permissions boundary.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function notPrincipalApplies(element: PolicyPrincipal, { principal, undocumented }: Question): boolean {
  if (principal.hasBoundary) return true;
  const names = namesIn(element);
  if (names.includes("*")) return false;
  const needed = [
    names.some((name) => isAccount(name, principal)),
    ...(principal.kind === "root" ? [] : [names.includes(principal.arn)]),
    ...(principal.roleArn === undefined ? [] : [names.includes(principal.roleArn)]),
  ];
  if (needed.every((listed) => listed)) return false;
  if (needed.some((listed) => listed)) return !undocumented("part-of-not-principal-spares");
  return true;
}
