import { parsePrincipalArn } from "../facts/arn.js";
import type { EmulatorState } from "./EmulatorState.js";
import { servedText } from "./servedText.js";
import type { WorldDocument } from "./World.js";

/**
 * What becomes of a deleted user or role: key policies, trust policies and grants that named its ARN keep its unique id,
 * which a principal made again under the same name does not have, and its credentials are gone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function forgetPrincipal({ world, sessions }: EmulatorState, arn: string, id: string): void {
  for (const { keys, roles } of world.accounts) {
    for (const role of roles) role.trustPolicy = withId(role.trustPolicy, arn, id);
    for (const key of keys) {
      for (const grant of key.grants) {
        grant.granteePrincipal = forgotten(grant.granteePrincipal, arn, id);
        grant.retiringPrincipal = forgotten(grant.retiringPrincipal, arn, id);
      }
      key.policy = withId(key.policy, arn, id);
    }
  }
  for (const [accessKeyId, session] of sessions) {
    if (session.principalArn === arn) sessions.delete(accessKeyId);
  }
}

/** A document in which a principal's ARN became its unique id. */
function withId(document: WorldDocument | undefined, arn: string, id: string): WorldDocument | undefined {
  const text = servedText(document ?? null);
  if (text?.includes(JSON.stringify(arn)) !== true) return document;
  return text.replaceAll(JSON.stringify(arn), JSON.stringify(id));
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
