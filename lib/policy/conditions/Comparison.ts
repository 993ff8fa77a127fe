/**
 * What comparing one value with the operands of a condition can come to, as bits, before a negated operator turns it
 * round.
 *
 * - `match`, `noMatch`: a negated operator turns them round
 * - `notComparable`: the value is not of the operator's type, and the operator's negation is false as well
 * - `error`: an operand cannot be evaluated: a conditional Allow does not apply, a conditional Deny does
 */
export const outcome = { match: 1, noMatch: 2, notComparable: 4, error: 8 } as const;

/** Every outcome that a comparison can have, and the unknown keys of the variables that it hangs on. */
export interface Comparison {
  /** Bits of {@link outcome}. */
  readonly outcomes: number;
  readonly variables: readonly string[];
}

/** The operands of one condition, ready to be compared with. */
export interface Operands {
  /** More than one outcome only where the operands hold variables over unknown keys. */
  withValue(value: string): Comparison;
  /** The outcomes that the values have, taken all together, if nothing is known of the value. */
  withAnything: Comparison;
  /** The outcomes of a date that lies between two moments (epoch milliseconds, both included). */
  withMomentBetween?(from: number, to: number): Comparison;
  /** The outcomes of the values that begin with a text and go on for at least two characters. */
  withBeginning?(beginning: string): Comparison;
}

const withoutVariables = new Map<number, Comparison>();

/** A comparison that does not hang on variables: always the same object for the same outcomes. */
export function certainly(outcomes: number): Comparison {
  const known = withoutVariables.get(outcomes);
  if (known !== undefined) return known;
  const made: Comparison = Object.freeze({ outcomes, variables: Object.freeze([]) });
  withoutVariables.set(outcomes, made);
  return made;
}
