import type { Authorization } from "./authorization/Authorization.js";
import type { Decision } from "./authorization/authorize.js";
import type { Call } from "./Call.js";

/** No ARN that AWS takes is longer. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
const longestResource = 2048;

/** Writes a decision into the log of the request that it was made for, and gives it back. */
export function noteDecision(
  { decisions }: Call,
  { action, resource }: Pick<Authorization, "action" | "resource">,
  decision: Decision,
  forwarded = false,
): Decision {
  const { allowed } = decision;
  decisions.push({
    action,
    resource: resource.slice(0, longestResource),
    forwarded,
    allowed,
    ...(!decision.allowed && {
      layer: decision.layer,
      policy: decision.policy?.arn ?? decision.policy?.name ?? null,
      statement: decision.statement,
    }),
  });
  return decision;
}
