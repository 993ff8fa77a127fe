import type { ContextLookup } from "../ContextKeyState.js";
import type { ParsedCondition, ParsedPolicy } from "../ParsedPolicy.js";
import { arnOperands } from "./arnOperands.js";
import { binaryOperands } from "./binaryOperands.js";
import { boolOperands } from "./boolOperands.js";
import type { Operands } from "./Comparison.js";
import { dateOperands } from "./dateOperands.js";
import { ipOperands } from "./ipOperands.js";
import { numericOperands } from "./numericOperands.js";
import { stringOperands } from "./stringOperands.js";

/**
 * The operands of a condition, ready for comparing; null for `Null`, which compares no values. Prepared once, save where
 * policy variables stand in them, which only String and Arn operators take.
 */
export function prepareOperands(
  condition: ParsedCondition,
  version: ParsedPolicy["version"],
  lookup: ContextLookup,
): Operands | null {
  if (condition.operands !== undefined) return condition.operands;
  const operands = operandsOf(condition, version, lookup);
  if (version === "2008-10-17" || !condition.values.some((value) => value.includes("${")))
    condition.operands = operands;
  return operands;
}

function operandsOf(
  condition: ParsedCondition,
  version: ParsedPolicy["version"],
  lookup: ContextLookup,
): Operands | null {
  switch (condition.operator) {
    case "StringEquals":
    case "StringNotEquals":
    case "StringEqualsIgnoreCase":
    case "StringNotEqualsIgnoreCase":
    case "StringLike":
    case "StringNotLike":
      return stringOperands(condition, version, lookup);
    case "NumericEquals":
    case "NumericNotEquals":
    case "NumericLessThan":
    case "NumericLessThanEquals":
    case "NumericGreaterThan":
    case "NumericGreaterThanEquals":
      return numericOperands(condition);
    case "DateEquals":
    case "DateNotEquals":
    case "DateLessThan":
    case "DateLessThanEquals":
    case "DateGreaterThan":
    case "DateGreaterThanEquals":
      return dateOperands(condition);
    case "Bool":
      return boolOperands(condition);
    case "BinaryEquals":
      return binaryOperands(condition);
    case "IpAddress":
    case "NotIpAddress":
      return ipOperands(condition);
    case "ArnEquals":
    case "ArnNotEquals":
    case "ArnLike":
    case "ArnNotLike":
      return arnOperands(condition, version, lookup);
    case "Null":
      return null;
  }
}
