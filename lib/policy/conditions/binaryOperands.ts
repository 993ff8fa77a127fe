import type { ParsedCondition } from "../ParsedPolicy.js";
import { certainly, type Operands, outcome } from "./Comparison.js";

/**
 * The operands of BinaryEquals: base64 texts, compared strictly. A text that is not canonical base64 (missing padding,
 * blanks, stray bits) equals nothing (aws-behaviour, condition-binary).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export function binaryOperands({ values }: ParsedCondition): Operands {
  const operands = new Set(values.filter(isCanonical));
  return {
    withValue: (value) => certainly(operands.has(value) ? outcome.match : outcome.noMatch),
    withAnything: certainly(operands.size === 0 ? outcome.noMatch : outcome.match | outcome.noMatch),
  };
}

function isCanonical(text: string): boolean {
  return Buffer.from(text, "base64").toString("base64") === text;
}
