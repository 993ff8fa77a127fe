import type { LiveOptions } from "../client/LiveOptions.js";
import { parsePrincipalArn } from "../facts/arn.js";
import { requestLimits } from "./requestLimits.js";

/**
 * The ARN of a role of the caller's own account, with its path, which only IAM tells; null where it does not. Policies name
 * a role by this one, and AWS refuses a key policy that names a role which is not there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
export async function roleWithPath(arn: string, region: string | undefined, live: LiveOptions): Promise<string | null> {
  const { GetRoleCommand, IAMClient } = await import("@aws-sdk/client-iam");
  const iam = new IAMClient({
    ...(region !== undefined && { region }),
    ...(live.credentials !== undefined && { credentials: live.credentials }),
    ...requestLimits(live),
  });
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: parsePrincipalArn(arn)?.name }));
    return Role?.Arn ?? null;
  } catch {
    return null;
  } finally {
    iam.destroy();
  }
}
