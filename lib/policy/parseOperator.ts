import { type ConditionOperator, conditionOperators } from "./ConditionOperator.js";
import type { ParsedCondition } from "./ParsedPolicy.js";

const known: ReadonlySet<string> = new Set(conditionOperators);

/**
 * Reads the name of a condition operator with its set prefix and IfExists, as `ForAnyValue:StringLikeIfExists`. Null
 * takes neither: AWS documents IfExists for "any condition operator name except the Null condition", and set prefixes
 * for comparisons of values, which Null makes none.
 *
 * Letter case counts: IAM refuses "stringEquals" with "MalformedPolicyDocument: Invalid Condition type : stringEquals"
 * (seen in github.com/ministryofjustice/modernisation-platform-environments, pull request 8893).
 *
 * @returns null where AWS has no such operator
 */
export function parseOperator(written: string): Pick<ParsedCondition, "operator" | "set" | "ifExists"> | null {
  const set = written.startsWith("ForAllValues:")
    ? "ForAllValues"
    : written.startsWith("ForAnyValue:")
      ? "ForAnyValue"
      : null;
  const unprefixed = set === null ? written : written.slice(set.length + 1);
  const ifExists = unprefixed.endsWith("IfExists");
  const operator = ifExists ? unprefixed.slice(0, -"IfExists".length) : unprefixed;
  if (!isOperator(operator) || (operator === "Null" && (ifExists || set !== null))) return null;
  return { operator, set, ifExists };
}

function isOperator(text: string): text is ConditionOperator {
  return known.has(text);
}
