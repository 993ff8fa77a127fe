import type { ConditionOperator } from "../ConditionOperator.js";

/**
 * What a Numeric or Date operator asks of the order of the request's value (left) and its operand (right), before
 * negation.
 */
export function relation(operator: ConditionOperator): (order: number) => boolean {
  if (operator.endsWith("LessThan")) return (order) => order < 0;
  if (operator.endsWith("LessThanEquals")) return (order) => order <= 0;
  if (operator.endsWith("GreaterThan")) return (order) => order > 0;
  if (operator.endsWith("GreaterThanEquals")) return (order) => order >= 0;
  return (order) => order === 0;
}
