import type { ContextLookup, KeyState } from "../KeyState.js";
import { negate } from "../negate.js";
import type { ParsedCondition, ParsedPolicy } from "../ParsedPolicy.js";
import type { Truth } from "../Truth.js";
import { nullTruth } from "./nullTruth.js";
import type { Comparison, OperandTest, Outcome } from "./OperandTest.js";
import { prepareOperands } from "./prepareOperands.js";

/** Whether a condition holds, and the unknown keys that this hangs on; none where it is decided. */
export interface ConditionAnswer {
  truth: Truth;
  dependsOn: readonly string[];
}

/**
 * Puts one condition to what is known of its key. It is decided where everything that the key can be answers alike
 * (contract, section 4.2); `effect` counts because AWS answers an evaluation error by it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function conditionTruth(
  condition: ParsedCondition,
  version: ParsedPolicy["version"],
  effect: "Allow" | "Deny",
  lookup: ContextLookup,
): ConditionAnswer {
  const { name, state } = lookup(condition.key);
  const operands = prepareOperands(condition, version, lookup);
  if (operands === null) {
    const truth = nullTruth(condition.values, state);
    return { truth, dependsOn: truth === "unknown" ? [name] : [] };
  }
  const answer = (comparison: Comparison) => answerOf(comparison, condition, effect);
  switch (state.kind) {
    case "absent":
      return decided(whereAbsent(condition));
    case "value":
      return withValue(condition, state.value, (value) => answer(operands.withValue(value)));
    case "present":
      return hangingOn(name, whereThere(condition, state, operands, answer));
    case "unknown": {
      const there = whereThere(condition, { ...state, kind: "present" }, operands, answer);
      const isDecided = there.truth === whereAbsent(condition);
      return hangingOn(name, isDecided ? there : { truth: "unknown", dependsOn: there.dependsOn });
    }
  }
}

function isNegated({ operator }: ParsedCondition): boolean {
  return operator.includes("Not");
}

/** A set operator asks each of the values; without one, AWS never matches a key that can have several. */
function withValue(
  { set }: ParsedCondition,
  value: string | string[],
  answer: (value: string) => ConditionAnswer,
): ConditionAnswer {
  if (set === null) return typeof value === "string" ? answer(value) : decided("false");
  return ofSet(set, (typeof value === "string" ? [value] : value).map(answer));
}

/** ForAnyValue is decided by a member that matches, ForAllValues by one that does not. */
function ofSet(set: "ForAllValues" | "ForAnyValue", answers: readonly ConditionAnswer[]): ConditionAnswer {
  const deciding: Truth = set === "ForAnyValue" ? "true" : "false";
  if (answers.some(({ truth }) => truth === deciding)) return decided(deciding);
  const open = answers.filter(({ truth }) => truth === "unknown");
  if (open.length === 0) return decided(negate(deciding));
  return { truth: "unknown", dependsOn: open.flatMap(({ dependsOn }) => dependsOn) };
}

/** A key that is there has at least one value, so that a set operator can come to whatever one value can. */
function whereThere(
  { set }: ParsedCondition,
  { multiValued, dates, includes }: Extract<KeyState, { kind: "present" }>,
  operands: OperandTest,
  answer: (comparison: Comparison) => ConditionAnswer,
): ConditionAnswer {
  if (multiValued && set === null) return decided("false");
  const moments = dates && operands.withMomentBetween?.(dates.from, dates.to);
  const anything = answer(moments ?? operands.withAnything);
  if (set === null || includes === undefined) return anything;
  return ofSet(set, [...includes.map((member) => answer(operands.withValue(member))), anything]);
}

function whereAbsent(condition: ParsedCondition): Truth {
  if (condition.ifExists) return "true";
  switch (condition.set) {
    case "ForAllValues":
      return "true";
    case "ForAnyValue":
      return "false";
    case null:
      return isNegated(condition) ? "true" : "false";
  }
}

function answerOf(
  { outcomes, variables }: Comparison,
  condition: ParsedCondition,
  effect: "Allow" | "Deny",
): ConditionAnswer {
  const truths = new Set(outcomes.map((outcome) => truthOf(outcome, isNegated(condition), effect)));
  const [truth = "unknown"] = truths;
  return truths.size === 1 ? decided(truth) : { truth: "unknown", dependsOn: variables };
}

function truthOf(outcome: Outcome, negated: boolean, effect: "Allow" | "Deny"): Truth {
  switch (outcome) {
    case "match":
      return negated ? "false" : "true";
    case "noMatch":
      return negated ? "true" : "false";
    case "notComparable":
      return "false";
    case "error":
      return effect === "Deny" ? "true" : "false";
  }
}

function decided(truth: Truth): ConditionAnswer {
  return { truth, dependsOn: [] };
}

function hangingOn(name: string, { truth, dependsOn }: ConditionAnswer): ConditionAnswer {
  return { truth, dependsOn: truth === "unknown" ? [name, ...dependsOn] : [] };
}
