import type { ParsedCondition } from "../ParsedPolicy.js";
import { isTrue } from "./isTrue.js";
import { certainly, type OperandTest } from "./OperandTest.js";

/**
 * The operands of Bool.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export function boolOperands({ values }: ParsedCondition): OperandTest {
  const operands = new Set(values.map(isTrue));
  const compare = (value: boolean) => (operands.has(value) ? "match" : "noMatch");
  return {
    withValue: (value) => certainly(compare(isTrue(value))),
    withAnything: certainly(compare(true), compare(false)),
  };
}
