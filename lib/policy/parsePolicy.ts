import type { ParsedCondition, ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import { parseOperator } from "./parseOperator.js";

/** More than this is taken as damaged: no policy of AWS is nearly as long. */
const longest = 1_000_000;

/**
 * Parses a policy document, keeping what is valid of a damaged one. Never throws.
 *
 * @param document an object, its JSON text, or its text as IAM returns it, URL-encoded (RFC 3986)
 * @param options.principalRequired key, resource control and endpoint policies need a Principal in every statement
 */
export function parsePolicy(
  document: string | object | null,
  options: { principalRequired?: boolean } = {},
): ParsedPolicy {
  const damage: string[] = [];
  const statements: ParsedStatement[] = [];
  const parsed: ParsedPolicy = { version: "2008-10-17", statements, damage };
  const fields = typeof document === "string" ? fieldsOfText(document, damage) : fieldsOfObject(document, damage);
  if (fields === null) return parsed;

  const version = fields.Version;
  if (version === "2012-10-17") parsed.version = version;
  else if (version !== undefined && version !== "2008-10-17") {
    damage.push('Version: expected "2012-10-17" or "2008-10-17"');
  }
  const list = Array.isArray(fields.Statement) ? fields.Statement : [fields.Statement];
  for (const [index, statement] of list.entries()) {
    const found = parseStatement(statement, index, options.principalRequired === true);
    if (typeof found === "string") damage.push(`Statement[${index}]${found}`);
    else statements.push(found);
  }
  return parsed;
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsOfObject(document: object | null, damage: string[]): Fields | null {
  if (!isFields(document)) {
    damage.push("expected a JSON object");
    return null;
  }
  try {
    if (JSON.stringify(document).length <= longest) return document;
    damage.push(`longer than ${longest} characters`);
  } catch {
    damage.push("expected a JSON object");
  }
  return null;
}

function fieldsOfText(text: string, damage: string[]): Fields | null {
  if (text.length > longest) {
    damage.push(`longer than ${longest} characters`);
    return null;
  }
  for (const decode of [(plain: string) => plain.replace(/^\uFEFF/, ""), decodeURIComponent]) {
    try {
      const value: unknown = JSON.parse(decode(text));
      if (isFields(value)) return value;
    } catch {
      // Not JSON in this spelling.
    }
  }
  damage.push("expected JSON text of an object");
  return null;
}

/** The statement, or what is wrong with it, as ".Effect: expected ...". */
function parseStatement(statement: unknown, index: number, principalRequired: boolean): ParsedStatement | string {
  if (!isFields(statement)) return ": expected an object";
  const { Sid: sid, Effect: effect } = statement;
  if (effect !== "Allow" && effect !== "Deny") return '.Effect: expected "Allow" or "Deny"';
  const action = eitherList(statement, "Action", "NotAction");
  if (typeof action === "string") return action;
  if (action === null) return ".Action: expected Action or NotAction";
  const odd = action.patterns.find((pattern) => !isAction(pattern));
  if (odd !== undefined) return `.${action.negated ? "NotAction" : "Action"}: expected * or service:Name`;
  const resource = eitherList(statement, "Resource", "NotResource");
  if (typeof resource === "string") return resource;
  const principal = parsePrincipal(statement);
  if (typeof principal === "string") return principal;
  if (principal === null && principalRequired) return ".Principal: expected Principal or NotPrincipal";
  const conditions = parseConditions(statement.Condition);
  if (typeof conditions === "string") return conditions;
  return { index, sid: typeof sid === "string" ? sid : null, effect, action, resource, principal, conditions };
}

function texts(value: unknown): string[] | null {
  const list = Array.isArray(value) ? value : [value];
  return list.every((item) => typeof item === "string") ? list : null;
}

function eitherList(
  statement: Fields,
  plain: string,
  negated: string,
): { negated: boolean; patterns: string[] } | null | string {
  const isPlain = statement[plain] !== undefined;
  const isNegated = statement[negated] !== undefined;
  if (!isPlain && !isNegated) return null;
  if (isPlain && isNegated) return `.${plain}: expected either ${plain} or ${negated}`;
  const name = isPlain ? plain : negated;
  const patterns = texts(statement[name]);
  return patterns === null ? `.${name}: expected text or a list of texts` : { negated: isNegated, patterns };
}

function isAction(pattern: string): boolean {
  return /^\*+$/.test(pattern) || /^(?:\*|[A-Za-z0-9-]+):[^\s:]+$/.test(pattern);
}

function parsePrincipal(statement: Fields): ParsedStatement["principal"] | string {
  const { Principal: plain, NotPrincipal: negated } = statement;
  if (plain === undefined && negated === undefined) return null;
  if (plain !== undefined && negated !== undefined) return ".Principal: expected either Principal or NotPrincipal";
  const value = plain ?? negated;
  const place = plain === undefined ? ".NotPrincipal" : ".Principal";
  if (value === "*") return { negated: plain === undefined, names: [{ type: "AWS", name: "*" }] };
  if (!isFields(value)) return `${place}: expected "*" or an object`;
  const names: { type: string; name: string }[] = [];
  for (const [type, list] of Object.entries(value)) {
    const found = texts(list);
    if (found === null) return `${place}.${type}: expected text or a list of texts`;
    names.push(...found.map((name) => ({ type, name })));
  }
  return { negated: plain === undefined, names };
}

function parseConditions(condition: unknown): ParsedCondition[] | string {
  if (condition === undefined) return [];
  if (!isFields(condition)) return ".Condition: expected an object";
  const parsed: ParsedCondition[] = [];
  for (const [written, keys] of Object.entries(condition)) {
    const operator = parseOperator(written);
    if (operator === null) return `.Condition.${written}: no condition operator of AWS`;
    if (!isFields(keys)) return `.Condition.${written}: expected condition keys with their values`;
    for (const [key, value] of Object.entries(keys)) {
      const values = conditionValues(value);
      if (values === null) return `.Condition.${written}.${key}: expected text, a number, a boolean or a list of them`;
      parsed.push({ ...operator, key, values });
    }
  }
  return parsed;
}

function conditionValues(value: unknown): string[] | null {
  const values: string[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item !== "string" && typeof item !== "number" && typeof item !== "boolean") return null;
    values.push(String(item));
  }
  return values;
}
