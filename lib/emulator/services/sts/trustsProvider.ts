import type { ContextLookup } from "../../../policy/ContextKeyState.js";
import { matchStatements } from "../../../policy/matchStatements.js";
import type { ParsedStatement } from "../../../policy/ParsedPolicy.js";
import { parsePolicy } from "../../../policy/parsePolicy.js";
import type { Authorization } from "../../authorization/Authorization.js";
import type { Decision } from "../../authorization/authorize.js";
import { judge } from "../../authorization/judge.js";
import { resourceControlPolicies } from "../../authorization/resourceControlPolicies.js";
import type { World } from "../../World.js";

/**
 * Whether a role's trust policy lets somebody in by an identity provider. Only Federated names one; `{"AWS": "*"}` lets in
 * nobody from there, but may deny.
 *
 * @see aws-behaviour, web-identity-trust
 */
export function trustsProvider(
  world: World,
  trust: NonNullable<Authorization["trust"]>,
  provider: string,
  asked: { action: string; resource: string; lookup: ContextLookup },
): Decision {
  const request = { ...asked, principal: null, principalHasBoundary: "false" as const };
  const refused = { allowed: false as const, policy: null, statement: null };
  const fences = resourceControlPolicies(world, { principalArn: provider }, { action: asked.action, trust });
  // Their principal is everybody.
  const fence = judge(
    fences,
    { ...request, principal: { kind: "service", arn: provider, accountId: "" } },
    true,
  ).denies;
  if (fence !== null) {
    const { match, policy } = fence;
    const statement = { sid: match.sid, index: match.index };
    return { allowed: false, layer: "resource control policy", explicit: true, policy, statement };
  }
  const parsed = parsePolicy(trust.document, { principalRequired: true });
  const statements = parsed.statements
    .filter((one) => concerns(one, provider))
    .map((one) => ({ ...one, principal: null }));
  const matches = matchStatements({ ...parsed, statements, naming: new Map() }, request);
  const certain = matches.filter(({ truth }) => truth === "true");
  const denial = certain.find(({ effect }) => effect === "Deny");
  if (denial !== undefined) {
    const statement = { sid: denial.sid, index: denial.index };
    return { ...refused, layer: "role trust policy", explicit: true, statement };
  }
  if (certain.length > 0) return { allowed: true };
  return { ...refused, layer: "role trust policy", explicit: false };
}

function concerns({ effect, principal }: ParsedStatement, provider: string): boolean {
  const names = principal?.names ?? [];
  const isNamed = names.some(({ type, name }) => type === "Federated" && name === provider);
  if (principal?.negated === true) return effect === "Deny" && !isNamed;
  return isNamed || (effect === "Deny" && names.some(({ name }) => name === "*"));
}
