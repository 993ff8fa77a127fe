import type { PolicyConditionValue, PolicyDocument, PolicyStatement } from "../../../lib/policy/PolicyDocument.js";

/** Every key is known: a value, several values, or absent where it is not listed. */
export type KnownContext = Record<string, string | string[]>;

/**
 * A second, slow and two-valued judge for random policies, written from AWS's documentation alone. It knows a part of
 * the language only: no principals, no damage, no values that are not of their operator's type.
 */
export function naiveVerdict(
  policies: PolicyDocument[],
  request: { action: string; resource: string; context: KnownContext },
): "allowed" | "explicitDeny" | "implicitDeny" {
  const context = new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]));
  const applying = policies.flatMap((policy) =>
    list(policy.Statement).filter((statement) => applies(statement, policy.Version === "2012-10-17", request, context)),
  );
  if (applying.some(({ Effect }) => Effect === "Deny")) return "explicitDeny";
  return applying.some(({ Effect }) => Effect === "Allow") ? "allowed" : "implicitDeny";
}

type Lookup = Map<string, string | string[]>;

function applies(
  statement: PolicyStatement,
  variables: boolean,
  request: { action: string; resource: string },
  context: Lookup,
): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const named = (patterns: string | string[]) =>
    list(patterns).some((pattern) => wildcard(pattern.toLowerCase()).test(request.action.toLowerCase()));
  const held = (patterns: string | string[]) =>
    list(patterns).some((pattern) => {
      const expanded = expand(pattern, variables, context, true);
      return expanded !== undefined && new RegExp(`^${expanded}$`, "s").test(request.resource);
    });
  if (Action !== undefined ? !named(Action) : NotAction === undefined || named(NotAction)) return false;
  if (Resource !== undefined ? !held(Resource) : NotResource === undefined || held(NotResource)) return false;
  return Object.entries(Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, operands]) => holds(operator, key, list(operands), variables, context)),
  );
}

function holds(
  written: string,
  key: string,
  operands: PolicyConditionValue[],
  variables: boolean,
  context: Lookup,
): boolean {
  const [prefix, rest] = written.includes(":") ? (written.split(":") as [string, string]) : [undefined, written];
  const ifExists = rest.endsWith("IfExists");
  const operator = ifExists ? rest.slice(0, -"IfExists".length) : rest;
  const present = context.get(key.toLowerCase());
  if (operator === "Null") {
    return operands.some((operand) => (String(operand).toLowerCase() === "true") === (present === undefined));
  }
  const negated = operator.includes("Not");
  const test = (value: string) => {
    const some = operands.some((operand) =>
      matches(operator.replace("Not", ""), String(operand), value, variables, context),
    );
    return negated ? !some : some;
  };
  if (present === undefined) {
    if (ifExists) return true;
    if (prefix !== undefined) return prefix === "ForAllValues";
    return negated;
  }
  if (prefix === "ForAllValues") return list(present).every(test);
  if (prefix === "ForAnyValue") return list(present).some(test);
  return typeof present === "string" && test(present);
}

function matches(operator: string, operand: string, value: string, variables: boolean, context: Lookup): boolean {
  const literal = () => expand(operand, variables, context, false);
  switch (operator) {
    case "StringEquals":
      return literal() === value;
    case "StringEqualsIgnoreCase":
      return literal()?.toLowerCase() === value.toLowerCase();
    case "StringLike": {
      const pattern = expand(operand, variables, context, true);
      return pattern !== undefined && new RegExp(`^${pattern}$`, "s").test(value);
    }
    case "NumericEquals":
    case "DateEquals":
      return Number(value) === Number(operand);
    case "NumericLessThan":
    case "DateLessThan":
      return Number(value) < Number(operand);
    case "NumericLessThanEquals":
    case "DateLessThanEquals":
      return Number(value) <= Number(operand);
    case "NumericGreaterThan":
    case "DateGreaterThan":
      return Number(value) > Number(operand);
    case "NumericGreaterThanEquals":
    case "DateGreaterThanEquals":
      return Number(value) >= Number(operand);
    case "Bool":
      return (operand.toLowerCase() === "true") === (value.toLowerCase() === "true");
    default:
      throw new Error(`The naive judge does not know ${operator}.`);
  }
}

/** The text of an operand with its variables filled in, or undefined where one cannot be; as a pattern if asked. */
function expand(text: string, variables: boolean, context: Lookup, pattern: boolean): string | undefined {
  let result = "";
  let rest = text;
  while (rest !== "") {
    const variable = variables ? /^\$\{([^},]+)(?:, *'([^']*)')?\}/.exec(rest) : null;
    if (variable) {
      const [whole, name = "", otherwise] = variable;
      const value = context.get(name.toLowerCase());
      const filled = value === undefined ? otherwise : value;
      if (typeof filled !== "string") return undefined;
      result += pattern ? escapePattern(filled) : filled;
      rest = rest.slice(whole.length);
    } else {
      const character = rest.charAt(0);
      result += pattern ? wildcardCharacter(character) : character;
      rest = rest.slice(1);
    }
  }
  return result;
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${Array.from(pattern, wildcardCharacter).join("")}$`, "s");
}

function wildcardCharacter(character: string): string {
  if (character === "*") return ".*";
  return character === "?" ? "." : escapePattern(character);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function list<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}
