import type { Decision } from "./authorization/authorize.js";

/**
 * AWS's enhanced message. An explicit denial names its policy where there is an ARN to name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(
  user: string,
  action: string,
  resource: string | null,
  decision: Extract<Decision, { allowed: false }>,
): string {
  const { layer, explicit, policy } = decision;
  const start = `User: ${user} is not authorized to perform: ${action}${shownOn(resource)}`;
  if (!explicit) return `${start} because no ${layer} allows the ${action} action`;
  const article = layer === "role trust policy" ? "the" : /^[aeiou]/.test(layer) ? "an" : "a";
  return `${start} with an explicit deny in ${article} ${layer}${policy?.arn === undefined ? "" : `: ${policy.arn}`}`;
}

/** What KMS calls a key of another account (captured). */
export const thisResource = "this resource";

function shownOn(resource: string | null): string {
  if (resource === null) return "";
  return resource === thisResource ? ` on ${thisResource}` : ` on resource: ${resource}`;
}
