import { parsePrincipalArn } from "../facts/arn.js";
import type { EmulatorState } from "./EmulatorState.js";
import { servedText } from "./servedText.js";

/**
 * What becomes of a deleted user or role: key policies and grants that named its ARN keep its unique id, which a
 * principal made again under the same name does not have, and its long-term credentials are gone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function forgetPrincipal({ world, sessions }: EmulatorState, arn: string, id: string): void {
  for (const { keys } of world.accounts) {
    for (const key of keys) {
      for (const grant of key.grants) {
        grant.granteePrincipal = forgotten(grant.granteePrincipal, arn, id);
        grant.retiringPrincipal = forgotten(grant.retiringPrincipal, arn, id);
      }
      const text = servedText(key.policy ?? null);
      if (text?.includes(JSON.stringify(arn))) key.policy = text.replaceAll(JSON.stringify(arn), JSON.stringify(id));
    }
  }
  for (const [accessKeyId, session] of sessions) {
    if (session.principalArn === arn && session.sessionToken === null) sessions.delete(accessKeyId);
  }
}

/** A session of a deleted role is nobody's either, also where the role is made again (aws-behaviour, grants-ids). */
function forgotten(named: string | undefined, arn: string, id: string): string | undefined {
  if (named === undefined || named === arn) return named && id;
  const [session, role] = [parsePrincipalArn(named), parsePrincipalArn(arn)];
  const isOfRole =
    session?.kind === "role-session" &&
    role?.kind === "role" &&
    session.accountId === role.accountId &&
    session.name === role.name;
  return isOfRole ? `${id}:${session.sessionName ?? ""}` : named;
}
