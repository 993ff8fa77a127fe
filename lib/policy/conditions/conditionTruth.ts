import type { ContextKeyState, ContextLookup } from "../ContextKeyState.js";
import { negate } from "../negate.js";
import type { ParsedCondition, ParsedPolicy } from "../ParsedPolicy.js";
import type { Truth } from "../Truth.js";
import { type Comparison, type Operands, outcome } from "./Comparison.js";
import { nullTruth } from "./nullTruth.js";
import { prepareOperands } from "./prepareOperands.js";

/** Whether a condition holds, and the unknown keys that this hangs on; none where it is decided. */
export interface ConditionAnswer {
  readonly truth: Truth;
  readonly dependsOn: readonly string[];
}

const nothing: readonly string[] = Object.freeze([]);
const decided: Readonly<Record<Truth, ConditionAnswer>> = {
  true: Object.freeze({ truth: "true", dependsOn: nothing }),
  false: Object.freeze({ truth: "false", dependsOn: nothing }),
  unknown: Object.freeze({ truth: "unknown", dependsOn: nothing }),
};

/**
 * Puts one condition to what is known of its key. It is decided where everything that the key can be answers alike
 * (specification, section 4.2); `effect` counts because AWS answers an evaluation error by it.
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
    return truth === "unknown" ? { truth, dependsOn: [name] } : decided[truth];
  }
  const test: Test = { condition, operands, effect };
  switch (state.kind) {
    case "absent":
      return decided[whereAbsent(condition)];
    case "value":
      // No request of AWS carries as many, and each would cost every test of the key.
      if (typeof state.value !== "string" && state.value.length > mostValues && condition.set !== null) {
        return { truth: "unknown", dependsOn: [name] };
      }
      return withValue(test, state.value);
    case "present":
      return hangingOn(name, whereThere(test, state));
    case "unknown": {
      const there = whereThere(test, { kind: "present", multiValued: state.multiValued });
      const isDecided = there.truth === whereAbsent(condition);
      return hangingOn(name, isDecided ? there : { truth: "unknown", dependsOn: there.dependsOn });
    }
  }
}

/** Values of one key: AWS takes 50 tags on a request, and lists of other keys are shorter. */
const mostValues = 250;

interface Test {
  condition: ParsedCondition;
  operands: Operands;
  effect: "Allow" | "Deny";
}

function isNegated({ operator }: ParsedCondition): boolean {
  return operator.includes("Not");
}

/** A set operator asks each of the values; without one, AWS never matches a key that can have several. */
function withValue(test: Test, value: string | readonly string[]): ConditionAnswer {
  const { set } = test.condition;
  if (typeof value !== "string") {
    return set === null
      ? decided.false
      : ofSet(
          set,
          value.map((one) => answerTo(test.operands.withValue(one), test)),
        );
  }
  const answer = answerTo(test.operands.withValue(value), test);
  return set === null ? answer : ofSet(set, [answer]);
}

/** ForAnyValue is decided by a member that matches, ForAllValues by one that does not. */
function ofSet(set: "ForAllValues" | "ForAnyValue", answers: readonly ConditionAnswer[]): ConditionAnswer {
  const deciding: Truth = set === "ForAnyValue" ? "true" : "false";
  if (answers.some(({ truth }) => truth === deciding)) return decided[deciding];
  const open = answers.filter(({ truth }) => truth === "unknown");
  if (open.length === 0) return decided[negate(deciding)];
  return { truth: "unknown", dependsOn: open.flatMap(({ dependsOn }) => dependsOn) };
}

/** A key that is there has at least one value, so that a set operator can come to whatever one value can. */
function whereThere(
  test: Test,
  { multiValued, dates, beginning, includes }: Extract<ContextKeyState, { kind: "present" }>,
): ConditionAnswer {
  const { condition, operands } = test;
  if (multiValued && condition.set === null) return decided.false;
  const known =
    dates !== undefined
      ? operands.withMomentBetween?.(dates.from, dates.to)
      : beginning !== undefined
        ? operands.withBeginning?.(beginning)
        : undefined;
  const anything = answerTo(known ?? operands.withAnything, test);
  if (condition.set === null || includes === undefined) return anything;
  return ofSet(condition.set, [...includes.map((one) => answerTo(operands.withValue(one), test)), anything]);
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

/** An outcome is true or false by the operator's negation, an evaluation error by the statement's effect. */
function answerTo({ outcomes, variables }: Comparison, { condition, effect }: Test): ConditionAnswer {
  const [matching, missing] = isNegated(condition)
    ? [outcome.noMatch, outcome.match | outcome.notComparable]
    : [outcome.match, outcome.noMatch | outcome.notComparable];
  const onTrue = matching | (effect === "Deny" ? outcome.error : 0);
  const onFalse = missing | (effect === "Deny" ? 0 : outcome.error);
  const canBeTrue = (outcomes & onTrue) !== 0;
  const canBeFalse = (outcomes & onFalse) !== 0;
  if (canBeTrue !== canBeFalse) return decided[canBeTrue ? "true" : "false"];
  return variables.length === 0 ? decided.unknown : { truth: "unknown", dependsOn: variables };
}

function hangingOn(name: string, { truth, dependsOn }: ConditionAnswer): ConditionAnswer {
  return truth === "unknown" ? { truth, dependsOn: [name, ...dependsOn] } : decided[truth];
}
