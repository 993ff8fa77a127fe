import type { ParsedCondition } from "../ParsedPolicy.js";
import { certainly, type Operands, outcome } from "./Comparison.js";
import { compareDecimals, parseDecimal } from "./decimal.js";
import { relation } from "./relation.js";

/**
 * The operands of the Numeric operators. What is no number, on either side, does not match.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export function numericOperands({ operator, values }: ParsedCondition): Operands {
  const holds = relation(operator);
  const operands = values.map(parseDecimal).filter((operand) => operand !== null);
  return {
    withValue(value) {
      const number = parseDecimal(value);
      const isMatch = number !== null && operands.some((operand) => holds(compareDecimals(number, operand)));
      return certainly(isMatch ? outcome.match : outcome.noMatch);
    },
    // Some number fits any operand; what is no number fits none.
    withAnything: certainly(operands.length === 0 ? outcome.noMatch : outcome.match | outcome.noMatch),
  };
}
