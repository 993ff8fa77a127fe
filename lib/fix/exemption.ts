import { callKind } from "../facts/actions.js";
import { endpointKeys } from "../facts/conditionKeys.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

type Condition = Record<string, Record<string, unknown>>;

const isNetworkKey = (key: string) => key.toLowerCase() === "aws:sourceip" || endpointKeys.has(key.toLowerCase());

/**
 * A Deny statement that spares this call and as little else as possible: a network perimeter is told to leave out what
 * AWS services forward, any other Deny to leave out the principal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function exemptedStatement(
  snapshot: Snapshot,
  statement: Record<string, unknown>,
  actions: readonly string[],
): { statement: object; what: string } {
  const condition = conditionOf(statement);
  const isPerimeter = Object.values(condition).some((keys) => Object.keys(keys).some(isNetworkKey));
  if (isPerimeter && actions.every((action) => callKind(action) !== "own")) {
    return {
      statement: { ...statement, Condition: added(condition, "BoolIfExists", "aws:ViaAWSService", ["false"]) },
      what: "leave out the calls that AWS services forward (aws:ViaAWSService)",
    };
  }
  return {
    statement: {
      ...statement,
      Condition: added(condition, "ArnNotEquals", "aws:PrincipalArn", [snapshot.caller.principalArn]),
    },
    what: `leave out ${snapshot.caller.principalArn}`,
  };
}

function conditionOf({ Condition: condition }: Record<string, unknown>): Condition {
  return typeof condition === "object" && condition !== null ? (condition as Condition) : {};
}

/** The values join those that the same operator and key already have: a negated operator spares each of them. */
function added(condition: Condition, operator: string, key: string, values: string[]): Condition {
  const keys = condition[operator] ?? {};
  const spelt = Object.keys(keys).find((one) => one.toLowerCase() === key.toLowerCase()) ?? key;
  const known = keys[spelt];
  const before = known === undefined ? [] : Array.isArray(known) ? known : [known];
  const all = [...new Set([...before, ...values])];
  return { ...condition, [operator]: { ...keys, [spelt]: all.length === 1 ? all[0] : all } };
}

/**
 * A Deny statement whose Principal names the caller, without it: "nobody" where it names no one else, null where it does
 * not name the caller by ARN.
 */
export function withoutCaller(
  { caller }: Snapshot,
  statement: Record<string, unknown>,
): { statement: object; what: string } | "nobody" | null {
  const { Principal: principal } = statement;
  if (typeof principal !== "object" || principal === null) return null;
  const { AWS: names, ...others } = principal as Record<string, unknown>;
  const list = Array.isArray(names) ? names : [names];
  const rest = list.filter((name) => name !== caller.principalArn && name !== caller.arn);
  if (rest.length === list.length) return null;
  if (rest.length === 0 && Object.keys(others).length === 0) return "nobody";
  const left = rest.length === 0 ? others : { ...others, AWS: rest.length === 1 ? rest[0] : rest };
  return { statement: { ...statement, Principal: left }, what: `no longer name ${caller.principalArn}` };
}
