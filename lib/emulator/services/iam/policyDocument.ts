import { iamSizes, type PolicySize } from "../../../facts/policySizes.js";
import { parsePolicy } from "../../../policy/parsePolicy.js";
import type { Call } from "../../Call.js";
import { requiredText } from "../../input.js";
import { isPrincipal } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import { identityPolicyFault, trustPolicyFault } from "./policyGrammar.js";

function malformed(message: string): ServiceError {
  return new ServiceError("MalformedPolicyDocument", message, 400);
}

/**
 * The text of an inline policy that shall be stored.
 *
 * @throws ServiceError MalformedPolicyDocument
 */
export function inlineDocument({ state, input }: Call, member: string): string {
  const text = requiredText(input, member);
  const fault = identityPolicyFault(text, state.world.partition, false);
  if (fault === null) return text;
  throw malformed(fault);
}

/**
 * The text of a managed policy that shall be stored.
 *
 * @throws ServiceError MalformedPolicyDocument, LimitExceeded
 */
export function managedDocument({ state, input }: Call, member: string): string {
  const text = requiredText(input, member);
  const fault = identityPolicyFault(text, state.world.partition, true);
  if (fault !== null) throw malformed(fault);
  requireSize(text, iamSizes.managed, "PolicySize");
  return text;
}

function requireSize(text: string, { most }: PolicySize, quota: string): void {
  if (policySize(text) <= most) return;
  throw new ServiceError("LimitExceeded", `Cannot exceed quota for ${quota}: ${most}`, 409);
}

/** IAM counts no blanks. */
export function policySize(text: string): number {
  return text.replace(/\s+/g, "").length;
}

/**
 * The text of a trust policy that shall be stored, naming only principals that there are.
 *
 * @throws ServiceError MalformedPolicyDocument, LimitExceeded
 */
export function trustDocument({ state, input }: Call, member: string): string {
  const text = requiredText(input, member);
  const fault = trustPolicyFault(text);
  if (fault !== null) throw malformed(fault);
  const { statements, damage } = parsePolicy(text, { principalRequired: true });
  if (damage.length > 0) throw malformed("Syntax errors in policy.");
  for (const { type, name } of statements.flatMap(({ principal }) => principal?.names ?? [])) {
    if (type === "AWS" && !isPrincipal(state.world, name)) {
      throw malformed(`Invalid principal in policy: "${type}":"${name}"`);
    }
  }
  requireSize(text, iamSizes.trust, "ACLSizePerRole");
  return text;
}
