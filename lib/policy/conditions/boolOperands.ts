import type { ParsedCondition } from "../ParsedPolicy.js";
import { certainly, type Operands, outcome } from "./Comparison.js";
import { isTrue } from "./isTrue.js";

/**
 * The operands of Bool.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export function boolOperands({ values }: ParsedCondition): Operands {
  const operands = new Set(values.map(isTrue));
  const compare = (value: boolean) => (operands.has(value) ? outcome.match : outcome.noMatch);
  return {
    withValue: (value) => certainly(compare(isTrue(value))),
    withAnything: certainly(compare(true) | compare(false)),
  };
}
