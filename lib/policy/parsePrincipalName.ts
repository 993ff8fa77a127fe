import { parsePrincipalArn, rootArn } from "../facts/arn.js";
import { accountId, servicePrincipal } from "../facts/names.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";

/**
 * Reads who makes a request: the ARN of a user, role, role session, federated user or account root, a bare account id
 * (its root), or the name of a service, as backup.amazonaws.com.
 *
 * @returns null where it is none of them
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function parsePrincipalName(text: string): RequestPrincipal | null {
  if (accountId.test(text)) return { kind: "root", arn: rootArn("aws", text), accountId: text };
  if (servicePrincipal.test(text)) return { kind: "service", arn: text, accountId: "" };
  const arn = /\s/.test(text) ? null : parsePrincipalArn(text);
  if (arn === null || arn.name.includes(":")) return null;
  const { kind, accountId: account } = arn;
  // Whose federated user it is, its ARN does not tell.
  return { kind, arn: text, accountId: account, ...(kind === "federated-user" && { issuerArn: null }) };
}
