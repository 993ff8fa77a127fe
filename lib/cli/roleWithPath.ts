import type { LiveOptions } from "../client/LiveOptions.js";
import { parsePrincipalArn } from "../facts/arn.js";
import { clientSettings } from "./clientSettings.js";

/**
 * The ARN of a role of the caller's own account, with its path, which only IAM tells; null where it does not. Policies name
 * a role by this one, and AWS refuses a key policy that names a role which is not there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
export async function roleWithPath(arn: string, region: string | undefined, live: LiveOptions): Promise<string | null> {
  const { GetRoleCommand, IAMClient } = await import("@aws-sdk/client-iam");
  const iam = new IAMClient(clientSettings(region, live));
  const asked = parsePrincipalArn(arn);
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: asked?.name }), { abortSignal: live.abortSignal });
    const told = String(Role?.Arn);
    const { kind, name, accountId } = parsePrincipalArn(told) ?? {};
    return kind === "role" && name === asked?.name && accountId === asked?.accountId ? told : null;
  } catch {
    return null;
  } finally {
    iam.destroy();
  }
}
