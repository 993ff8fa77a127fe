import type { PolicyStatement } from "../oracle/PolicyDocument.js";
import { type ConditionKey, conditionKeys, type Family } from "./conditionKeys.js";
import type { Draw } from "./draw.js";
import type { Scene } from "./drawScene.js";

type Condition = NonNullable<PolicyStatement["Condition"]>;

const strings = [
  "StringEquals",
  "StringLike",
  "StringNotEquals",
  "StringNotLike",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
] as const;
const dates = [
  "DateLessThan",
  "DateGreaterThan",
  "DateLessThanEquals",
  "DateGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
] as const;
const operators: Record<Family, readonly [string, ...string[]]> = {
  string: strings,
  arn: ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals", "StringLike", "StringEquals", "StringNotLike"],
  bool: ["Bool"],
  numeric: [
    "NumericLessThan",
    "NumericGreaterThan",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThanEquals",
    "NumericGreaterThanEquals",
  ],
  date: dates,
  ip: ["IpAddress", "NotIpAddress"],
  binary: ["BinaryEquals"],
};
const variables = ["${aws:PrincipalTag/team}", "${aws:username, 'ana'}", "${aws:PrincipalAccount}", "${*}"] as const;

/** What the drawn conditions may test. */
export interface ConditionBounds {
  /** Of all lines so often out of a hundred statements there is one. */
  often: number;
  keys?: (key: ConditionKey) => boolean;
}

export function drawCondition(draw: Draw, scene: Scene, { often, keys }: ConditionBounds): { Condition?: Condition } {
  if (!draw.percent(often)) return {};
  const condition: Condition = {};
  const pool = conditionKeys(scene).filter(keys ?? (() => true));
  for (let lines = draw.weighted([4, 1], [1, 2]); lines > 0; lines -= 1) {
    const key = pool[draw.upTo(pool.length - 1)];
    if (key === undefined) break;
    const operator = drawOperator(draw, key);
    const name = draw.percent(10) ? key.name.toUpperCase() : key.name;
    condition[operator] = { ...condition[operator], [name]: drawOperands(draw, key, operator) };
  }
  return { Condition: condition };
}

function drawOperator(draw: Draw, key: ConditionKey): string {
  if (draw.percent(10)) return "Null";
  const operator = draw.one(operators[key.family]);
  const isSet = draw.percent(key.multi === true ? 85 : 5);
  const set = isSet ? draw.one(["ForAnyValue:", "ForAllValues:"]) : "";
  return `${set}${operator}${draw.percent(20) ? "IfExists" : ""}`;
}

function drawOperands(draw: Draw, key: ConditionKey, operator: string): string | string[] {
  if (operator === "Null") return draw.one(["true", "false"]);
  if (key.family === "string" && draw.percent(8)) return draw.one(variables);
  const values = draw.some(key.values, 2).map((value) => (draw.percent(15) ? wider(value, operator) : value));
  const [only] = values;
  return only !== undefined && values.length === 1 && draw.percent(50) ? only : values;
}

/** A pattern that the value fits, where the operator knows patterns. */
function wider(value: string, operator: string): string {
  if (operator.includes("Like") && !operator.includes("Arn")) return `${value.slice(0, 3)}*`;
  return value;
}
