import { listOf } from "./listOf.js";
import type { PolicyPrincipal } from "./PolicyDocument.js";
import type { Principal } from "./Question.js";

/**
 * How a resource-based policy names the caller, which decides what its Allow passes by:
 * - exact: the user's ARN, or the session's own; no silent policy limits that
 * - behind: the role behind a session, or the user who federated; boundary and session policy limit it
 * - anyone: "*"
 * - account: the caller's account, whose identity policies then have the word
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Form = "exact" | "behind" | "anyone" | "account";

export function principalForms(element: PolicyPrincipal, principal: Principal): Form[] {
  return namesIn(element).flatMap((name) => formOf(name, principal) ?? []);
}

/** The names of AWS principals; those of services, identity providers and canonical users never are an IAM caller's. */
export function namesIn(element: PolicyPrincipal): string[] {
  return element === "*" ? ["*"] : listOf(element.AWS);
}

function formOf(name: string, principal: Principal): Form | null {
  if (name === "*") return "anyone";
  if (name === principal.arn) return "exact";
  if (name === principal.roleArn || name === principal.issuerArn) return "behind";
  if (name === principal.uniqueId) return principal.kind === "user" ? "exact" : "behind";
  if (isAccount(name, principal)) return principal.kind === "root" ? "exact" : "account";
  return null;
}

export function isAccount(name: string, { accountId }: Principal): boolean {
  return name === accountId || /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] === accountId;
}
