import type { RequestPrincipal } from "./RequestPrincipal.js";

/**
 * Reads who makes a request: the ARN of a user, role, role session, federated user or account root, a bare account id
 * (its root), or the name of a service, as backup.amazonaws.com.
 *
 * @returns null where it is none of them
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function parsePrincipalName(text: string): RequestPrincipal | null {
  if (/^\d{12}$/.test(text)) return { kind: "root", arn: `arn:aws:iam::${text}:root`, accountId: text };
  if (/^[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+$/.test(text)) return { kind: "service", arn: text, accountId: "" };
  const [, service, accountId = "", resource = ""] = /^arn:[^:]+:(iam|sts)::(\d{12}):(\S+)$/.exec(text) ?? [];
  const kind = kindOf(`${service}:${resource}`);
  return kind === null ? null : { kind, arn: text, accountId };
}

function kindOf(serviceAndResource: string): RequestPrincipal["kind"] | null {
  if (serviceAndResource === "iam:root") return "root";
  if (/^iam:user\/(?:[^:]*\/)?[^:/]+$/.test(serviceAndResource)) return "user";
  if (/^iam:role\/(?:[^:]*\/)?[^:/]+$/.test(serviceAndResource)) return "role";
  if (/^sts:assumed-role\/[^:/]+\/[^:/]+$/.test(serviceAndResource)) return "role-session";
  return /^sts:federated-user\/[^:/]+$/.test(serviceAndResource) ? "federated-user" : null;
}
