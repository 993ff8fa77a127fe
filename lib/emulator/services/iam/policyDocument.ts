import { parsePolicy } from "../../../policy/parsePolicy.js";
import type { Input } from "../../Call.js";
import { requiredText } from "../../input.js";
import { ServiceError } from "../../ServiceError.js";

function malformed(message: string): ServiceError {
  return new ServiceError("MalformedPolicyDocument", message, 400);
}

/**
 * The text of an identity policy that shall be stored.
 *
 * @throws ServiceError MalformedPolicyDocument, as AWS stores no damaged document
 */
export function identityDocument(input: Input, member: string): string {
  const text = requiredText(input, member);
  const parsed = parsePolicy(text);
  if (parsed.damage.length > 0) throw malformed("Syntax errors in policy.");
  if (parsed.statements.some(({ principal }) => principal !== null)) {
    throw malformed("Policy document should not specify a principal.");
  }
  if (parsed.statements.some(({ resource }) => resource === null)) {
    throw malformed("Policy statement must contain resources.");
  }
  return text;
}

/**
 * The text of a managed policy that shall be stored: 6,144 characters at most, without blanks.
 *
 * @throws ServiceError MalformedPolicyDocument, LimitExceeded
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function managedDocument(input: Input, member: string): string {
  const text = identityDocument(input, member);
  if (policySize(text) > 6144) throw new ServiceError("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", 409);
  return text;
}

/** IAM counts no blanks. */
export function policySize(text: string): number {
  return text.replace(/\s+/g, "").length;
}

/** The text of a trust policy that shall be stored. */
export function trustDocument(input: Input, member: string): string {
  const text = requiredText(input, member);
  const parsed = parsePolicy(text, { principalRequired: true });
  if (parsed.damage.length > 0) throw malformed("Syntax errors in policy.");
  if (parsed.statements.some(({ resource }) => resource !== null)) {
    throw malformed("Has prohibited field Resource");
  }
  return text;
}
