import { parsePrincipalArn } from "../facts/arn.js";
import type { Inquiry } from "../question/inquiryOf.js";

/** Another session of the same role counts: all sessions of a role have its policies. */
export function isCaller({ caller: { principal } }: Inquiry, user: string | undefined): boolean {
  if (user === undefined) return false;
  if (user === principal.arn || user === principal.roleArn) return true;
  const named = parsePrincipalArn(user);
  const own = parsePrincipalArn(principal.arn);
  const isRole = (kind: string | undefined) => kind === "role-session" || kind === "role";
  return (
    named !== null &&
    own !== null &&
    isRole(named.kind) &&
    isRole(own.kind) &&
    named.partition === own.partition &&
    named.accountId === own.accountId &&
    named.name === own.name
  );
}
