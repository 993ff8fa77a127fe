import type { PolicyPrincipal } from "./PolicyDocument.js";
import { isAccount, namesIn } from "./principalForms.js";
import type { Question } from "./Question.js";

/**
 * Whether a Deny with NotPrincipal hits the caller. It spares a user whose account is listed with the user's ARN, a session
 * whose account is listed with the role's and the session's ARN; root by its account; everybody where everybody is listed; and
 * never a caller with a permissions boundary. An account listed without any of the caller's own ARNs spares the account alone:
 * IAM's guide has a Deny with a NotPrincipal of user Bob and his account, which denies everybody but Bob. A unique id stands
 * for its ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function notPrincipalApplies(element: PolicyPrincipal, { principal, undocumented }: Question): boolean {
  if (principal.hasBoundary) return true;
  const { kind, arn, roleArn, issuerArn, uniqueId } = principal;
  const names = namesIn(element);
  if (names.includes("*")) return false;
  const isListed = (...forms: (string | undefined)[]) =>
    forms.some((form) => form !== undefined && names.includes(form));
  const accountListed = names.some((name) => isAccount(name, principal));
  if (kind === "root") return !accountListed;
  const isUser = kind === "user";
  const own = [
    isListed(arn, isUser ? uniqueId : undefined),
    ...(roleArn === undefined ? [] : [isListed(roleArn, uniqueId)]),
  ];
  if (accountListed && own.every((listed) => listed)) return false;
  // Of a federated user, naming the user who federated is a part, too.
  if (own.some((listed) => listed) || isListed(issuerArn)) return !undocumented("part-of-not-principal-spares");
  return true;
}
