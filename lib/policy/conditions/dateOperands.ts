import type { ParsedCondition } from "../ParsedPolicy.js";
import { certainly, type Operands, outcome } from "./Comparison.js";
import { epochMilliseconds } from "./epochMilliseconds.js";
import { relation } from "./relation.js";

/**
 * The operands of the Date operators. What is no date, on either side, does not match.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function dateOperands({ operator, values }: ParsedCondition): Operands {
  const holds = relation(operator);
  const operands = values.map(epochMilliseconds).filter((operand) => operand !== null);
  const isMatch = (moment: number) => operands.some((operand) => holds(compare(moment, operand)));
  return {
    withValue(value) {
      const moment = epochMilliseconds(value);
      return certainly(moment !== null && isMatch(moment) ? outcome.match : outcome.noMatch);
    },
    withAnything: certainly(operands.length === 0 ? outcome.noMatch : outcome.match | outcome.noMatch),
    withMomentBetween(from, to) {
      // An answer can change only at an operand, and a millisecond to each side of it.
      const turns = operands.flatMap((operand) => [operand - 1, operand, operand + 1]);
      const moments = [from, to, ...turns.filter((moment) => moment > from && moment < to)];
      return certainly(moments.reduce((bits, moment) => bits | (isMatch(moment) ? outcome.match : outcome.noMatch), 0));
    },
  };
}

/** A subtraction would not find that Infinity equals itself. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
