import type { ParsedCondition } from "./ParsedPolicy.js";
import { parseOperator } from "./parseOperator.js";
import { isFields } from "./policyFields.js";

/**
 * Parses a Condition element: operator -> condition key -> value or values. Numbers and booleans mean their text.
 *
 * @returns its tests, all of which must hold, or what is wrong, as `.Condition.StringEqual: expected ...`
 */
export function parseConditions(condition: unknown): ParsedCondition[] | string {
  if (condition === undefined) return [];
  if (!isFields(condition)) return ".Condition: expected an object";
  const parsed: ParsedCondition[] = [];
  for (const [written, keys] of Object.entries(condition)) {
    const operator = parseOperator(written);
    // IAM takes an operator that there is not where it has nothing to test (aws-behaviour, policy-taken).
    if (operator === null && isFields(keys) && Object.keys(keys).length === 0) continue;
    if (operator === null) return `.Condition.${written}: expected a condition operator of AWS`;
    if (!isFields(keys)) return `.Condition.${written}: expected condition keys with their values`;
    for (const [key, value] of Object.entries(keys)) {
      const values = textsOf(value);
      if (values === null) return `.Condition.${written}.${key}: expected text, a number, a boolean or a list of them`;
      parsed.push({ ...operator, key, values });
    }
  }
  return parsed;
}

function textsOf(value: unknown): string[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const isScalar = (item: unknown) => typeof item === "string" || typeof item === "number" || typeof item === "boolean";
  return list.every(isScalar) ? list.map(String) : null;
}
