import type { ContextLookup } from "../KeyState.js";
import type { ParsedCondition, ParsedPolicy } from "../ParsedPolicy.js";
import { arnOperands } from "./arnOperands.js";
import { binaryOperands } from "./binaryOperands.js";
import { boolOperands } from "./boolOperands.js";
import { dateOperands } from "./dateOperands.js";
import { ipOperands } from "./ipOperands.js";
import { numericOperands } from "./numericOperands.js";
import type { OperandTest } from "./OperandTest.js";
import { stringOperands } from "./stringOperands.js";

/**
 * Prepares the operands of a condition for comparing, by the type of its operator; null for `Null`, which compares no
 * values. Only String and Arn operators take policy variables.
 */
export function prepareOperands(
  condition: ParsedCondition,
  version: ParsedPolicy["version"],
  lookup: ContextLookup,
): OperandTest | null {
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
