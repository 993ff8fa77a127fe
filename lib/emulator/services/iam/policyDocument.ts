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
 * The text of a managed policy that shall be stored: 6,144 characters at most, without blanks.
 *
 * @throws ServiceError MalformedPolicyDocument, LimitExceeded
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function managedDocument({ state, input }: Call, member: string): string {
  const text = requiredText(input, member);
  const fault = identityPolicyFault(text, state.world.partition, true);
  if (fault !== null) throw malformed(fault);
  if (policySize(text) > 6144) throw new ServiceError("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", 409);
  return text;
}

/** IAM counts no blanks. */
export function policySize(text: string): number {
  return text.replace(/\s+/g, "").length;
}

/**
 * The text of a trust policy that shall be stored: 2,048 characters at most, naming only principals that there are.
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
  if (policySize(text) > 2048) {
    throw new ServiceError("LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048", 409);
  }
  return text;
}
