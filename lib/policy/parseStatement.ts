import type { ParsedStatement } from "./ParsedPolicy.js";
import { parseConditions } from "./parseConditions.js";
import { parsePrincipal } from "./parsePrincipal.js";
import { type Fields, isFields, misspelt, textList } from "./policyFields.js";
import { type TextPattern, textPattern } from "./textPattern.js";

const elements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/**
 * Parses one statement.
 *
 * @returns the statement, or what is wrong with it, with the place within it, as `.Effect: expected "Allow" or "Deny"`
 */
export function parseStatement(
  statement: unknown,
  index: number,
  isPrincipalRequired: boolean,
): ParsedStatement | string {
  if (!isFields(statement)) return ": expected an object";
  const odd = misspelt(statement, elements);
  if (odd !== null) return `.${odd}`;
  const { Sid: sid, Effect: effect } = statement;
  if (effect !== "Allow" && effect !== "Deny") return '.Effect: expected "Allow" or "Deny"';
  const action = parseAction(statement);
  if (typeof action === "string") return action;
  const resource = parseEither(statement, "Resource", "NotResource");
  if (typeof resource === "string") return resource;
  const principal = parsePrincipal(statement, isPrincipalRequired);
  if (typeof principal === "string") return principal;
  const conditions = parseConditions(statement.Condition);
  if (typeof conditions === "string") return conditions;
  return { index, sid: typeof sid === "string" ? sid : null, effect, action, resource, principal, conditions };
}

function parseAction(statement: Fields): ParsedStatement["action"] | string {
  const action = parseEither(statement, "Action", "NotAction");
  if (action === null) return ".Action: expected Action or NotAction";
  if (typeof action === "string") return action;
  const { negated, patterns } = action;
  // Letter case does not count in actions.
  if (patterns.every(isAction))
    return { negated, patterns: patterns.map(({ text }) => textPattern(text.toLowerCase())) };
  return `.${action.negated ? "NotAction" : "Action"}: expected "*" or "service:Name", with wildcards in the name only`;
}

/** `*:*` is in no grammar of AWS, but in policies that are deployed; IAM takes blanks in names (aws-behaviour, policy-taken). */
function isAction({ text }: TextPattern): boolean {
  return /^(?:\*+|(?:\*|[A-Za-z\d.-]+):[^:]+)$/.test(text);
}

function parseEither(
  statement: Fields,
  plain: "Action" | "Resource",
  negated: "NotAction" | "NotResource",
): ParsedStatement["resource"] | string {
  const isPlain = statement[plain] !== undefined;
  const isNegated = statement[negated] !== undefined;
  if (!isPlain && !isNegated) return null;
  if (isPlain && isNegated) return `.${plain}: expected either ${plain} or ${negated}`;
  const name = isPlain ? plain : negated;
  const texts = textList(statement[name]);
  if (texts === null) return `.${name}: expected text or a list of texts`;
  return { negated: isNegated, patterns: texts.map(textPattern) };
}
