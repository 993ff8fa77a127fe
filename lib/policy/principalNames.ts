import { type PrincipalArn, parsePrincipalArn } from "../facts/arn.js";
import type { NamedPrincipal } from "./ParsedPolicy.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";

/** `*`, or `{ "AWS": "*" }`, which is the same. `{ "Service": "*" }` is not. */
export function isEveryone({ type, name }: NamedPrincipal): boolean {
  return name === "*" && type === "AWS";
}

/** Whether a name is the caller's account: its id, or the ARN of its root in the caller's partition. */
export function accountNamed({ name, arn }: NamedPrincipal, principal: RequestPrincipal): boolean {
  if (name === principal.accountId) return true;
  return (
    arn?.kind === "root" &&
    arn.accountId === principal.accountId &&
    arn.partition === (parsePrincipalArn(principal.arn)?.partition ?? "aws")
  );
}

/** Whether a name is that of a session of the caller's role. The path does not count: a session's ARN has none. */
export function isSessionOf({ arn }: NamedPrincipal, role: RequestPrincipal): boolean {
  return arn?.kind === "role-session" && isSameRole(arn, parsePrincipalArn(role.arn));
}

/** Whether a name is the ARN of the role behind a session; with its path, where that is known. */
export function isRoleOf({ name, arn }: NamedPrincipal, { arn: session, roleArn }: RequestPrincipal): boolean {
  if (arn?.kind !== "role") return false;
  if (name === roleArn) return true;
  // A path that is known must be the same one; without one it may be that it could not be read.
  const known = roleArn === undefined ? null : parsePrincipalArn(roleArn);
  return (known === null || known.path === "/") && isSameRole(arn, parsePrincipalArn(session));
}

/**
 * Whether a name may be the user who asked for a federated user's session, where that is not known:
 * sts:GetCallerIdentity does not tell it.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export function mayBeIssuer({ arn }: Pick<NamedPrincipal, "arn">, principal: RequestPrincipal): boolean {
  return (
    principal.kind === "federated-user" &&
    principal.issuerArn === null &&
    arn?.kind === "user" &&
    arn.partition === parsePrincipalArn(principal.arn)?.partition &&
    arn.accountId === principal.accountId
  );
}

/** The names of an account's roles are unique whatever their paths. */
function isSameRole(one: PrincipalArn, other: PrincipalArn | null): boolean {
  return (
    other !== null && one.partition === other.partition && one.accountId === other.accountId && one.name === other.name
  );
}
