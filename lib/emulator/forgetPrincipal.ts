import { documentText } from "./documentText.js";
import type { EmulatorState } from "./EmulatorState.js";

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
        if (grant.granteePrincipal === arn) grant.granteePrincipal = id;
        if (grant.retiringPrincipal === arn) grant.retiringPrincipal = id;
      }
      const text = documentText(key.policy ?? null);
      if (text?.includes(JSON.stringify(arn))) key.policy = text.replaceAll(JSON.stringify(arn), JSON.stringify(id));
    }
  }
  for (const [accessKeyId, session] of sessions) {
    if (session.principalArn === arn && session.sessionToken === null) sessions.delete(accessKeyId);
  }
}
