import { isSameJson } from "../../policy/isSameJson.js";
import { asRecord, fieldOf } from "../fieldOf.js";
import { firstNotKnown, isNotKnown, type NotKnown, notKnown } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";
import type { Template } from "./templateSchema.js";

/** A condition may name others; none names itself. */
const deepest = 250;

/**
 * What decides a template's conditions.
 *
 * @param resolve gives a value as far as it is known
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function templateConditions(template: Template, resolve: (value: unknown) => unknown) {
  const decided = new Map<string, boolean | NotKnown>();
  let depth = 0;

  const condition = (name: string): boolean | NotKnown => {
    const known = decided.get(name);
    if (known !== undefined) return known;
    const written = fieldOf(template.Conditions, name);
    if (written === undefined) return notKnown(`condition ${name}`);
    // What leads into itself is not known.
    decided.set(name, notKnown(`condition ${name}`));
    const held = decide(written);
    const answer = isNotKnown(held) ? notKnown(`condition ${name}`) : held;
    decided.set(name, answer);
    return answer;
  };

  const decide = (written: unknown): boolean | NotKnown => {
    if (depth > deepest) return notKnown("conditions in one another");
    depth += 1;
    const held = decision(written);
    depth -= 1;
    return held;
  };

  /** Three-valued: what is not known decides nothing that the rest decides. */
  const decision = (written: unknown): boolean | NotKnown => {
    const record = asRecord(written);
    const [name = "", argument] = Object.entries(record ?? {})[0] ?? [];
    const list = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case "Condition":
        return typeof argument === "string" ? condition(argument) : notKnown("Condition");
      case "Fn::Not": {
        const inner = decide(list[0]);
        return isNotKnown(inner) ? inner : !inner;
      }
      case "Fn::And":
      case "Fn::Or": {
        const parts = list.map(decide);
        const wins = name === "Fn::Or";
        if (parts.includes(wins)) return wins;
        return parts.find(isNotKnown) ?? !wins;
      }
      case "Fn::Contains": {
        const [among, wanted] = list.map(resolve);
        const hole = firstNotKnown([among, wanted]);
        return hole ?? (Array.isArray(among) ? among.map(scalarText).includes(scalarText(wanted)) : notKnown(name));
      }
      case "Fn::Equals": {
        const [left, right] = list.map(resolve);
        return firstNotKnown([left, right]) ?? isSameJson(scalarText(left) ?? left, scalarText(right) ?? right);
      }
      default:
        return notKnown(name === "" ? "a condition" : name);
    }
  };

  /** What a rule asserts and does not hold; what only the deployment tells, holds. */
  const brokenRule = (): string | null => {
    for (const [name, rule] of Object.entries(asRecord(template.Rules) ?? {})) {
      const [when, assertions] = [fieldOf(rule, "RuleCondition"), fieldOf(rule, "Assertions")];
      if ((when !== undefined && decide(when) !== true) || !Array.isArray(assertions)) continue;
      const at = assertions.findIndex((one) => decide(fieldOf(one, "Assert")) === false);
      const why = scalarText(fieldOf(assertions[at], "AssertDescription")) ?? "an assertion does not hold";
      if (at >= 0) return `Rules.${name}.Assertions[${at}]: ${why}`;
    }
    return null;
  };

  return { condition, decide, brokenRule };
}
