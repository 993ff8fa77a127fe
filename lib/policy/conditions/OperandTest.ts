/**
 * What comparing one value with the operands of a condition comes to, before a negated operator turns it round.
 *
 * - `match`, `noMatch`: a negated operator turns them round
 * - `notComparable`: the value is not of the operator's type, and the operator's negation is false as well
 * - `error`: an operand cannot be evaluated: a conditional Allow does not apply, a conditional Deny does
 */
export type Outcome = "match" | "noMatch" | "notComparable" | "error";

/** Every outcome that a comparison can have, and the unknown keys of the variables that it hangs on. */
export interface Comparison {
  outcomes: readonly Outcome[];
  variables: readonly string[];
}

/** The operands of one condition, ready to be compared with. */
export interface OperandTest {
  /** More than one outcome only where the operands hold variables over unknown keys. */
  withValue(value: string): Comparison;
  /** The outcomes that the values have, taken all together, if nothing is known of the value. */
  withAnything: Comparison;
  /** The outcomes of a date that lies between two moments (epoch milliseconds, both included). */
  withMomentBetween?(from: number, to: number): Comparison;
}

/** A comparison that does not hang on variables. */
export function certainly(...outcomes: Outcome[]): Comparison {
  return { outcomes, variables: [] };
}
