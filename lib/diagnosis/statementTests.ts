import { planKeyPrefix } from "../facts/planKeys.js";
import type { ConditionOperator } from "../policy/ConditionOperator.js";
import type { ParsedCondition, ParsedStatement } from "../policy/ParsedPolicy.js";
import { answerable, onlyAfterApply } from "./phrases.js";

/** So many values are told of a test. */
const mostValues = 3;

/**
 * What a statement asks of the keys that are not known, for a person: "Blocked unless aws:SourceVpce is vpce-1a2b.", and
 * how to answer it.
 */
export function statementTests({ effect, conditions }: ParsedStatement, unknownKeys: readonly string[]): string[] {
  const wanted = new Set(unknownKeys.map((key) => key.toLowerCase()));
  const planned = unknownKeys.filter((key) => key.startsWith(planKeyPrefix));
  const open = conditions.filter(({ key }) => wanted.has(key.toLowerCase()) && !key.startsWith(planKeyPrefix));
  const outcome = effect === "Deny" ? "Blocked" : "Allowed";
  const told = open.map((condition) => {
    const { isNegated, verb } = relationOf(condition);
    return `${outcome} ${isNegated ? "unless" : "where"} ${condition.key} ${verb}.`;
  });
  const [first] = open;
  return [
    ...(planned.length === 0 ? [] : [onlyAfterApply(planned.map((key) => key.slice(planKeyPrefix.length)))]),
    ...(first === undefined ? [] : [...told, answerable(first.key)]),
  ];
}

function relationOf({ operator, values, set }: ParsedCondition): { isNegated: boolean; verb: string } {
  const isNegated = operator.includes("Not");
  if (operator === "Null") return { isNegated, verb: values.includes("true") ? "is absent" : "is present" };
  const shown = values.slice(0, mostValues).join(" or ") || "nothing";
  const more = values.length > mostValues ? ` or ${values.length - mostValues} more` : "";
  const each = set === "ForAllValues" ? "has only values that: " : set === "ForAnyValue" ? "has a value that: " : "";
  return { isNegated, verb: `${each}${verbOf(operator)} ${shown}${more}` };
}

function verbOf(operator: ConditionOperator): string {
  const plain = operator.replace("Not", "");
  if (plain.endsWith("LessThan")) return "is less than";
  if (plain.endsWith("LessThanEquals")) return "is at most";
  if (plain.endsWith("GreaterThan")) return "is greater than";
  if (plain.endsWith("GreaterThanEquals")) return "is at least";
  if (plain === "IpAddress") return "lies in";
  return plain.endsWith("Like") ? "is like" : "is";
}
