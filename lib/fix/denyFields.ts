import { type Fields, isFields } from "../policy/policyFields.js";
import { single } from "./allowing.js";
import type { Conditions } from "./Conditions.js";

/** An element under another name, in its place. */
export function replaceKey(statement: Fields, from: string, to: string, value: unknown): Fields {
  return Object.fromEntries(Object.entries(statement).map(([key, one]) => (key === from ? [to, value] : [key, one])));
}

/** The values join those that the same operator and key already have: a negated operator spares each of them. */
export function added(condition: Conditions, operator: string, key: string, values: string[]): Conditions {
  const keys = condition[operator] ?? {};
  const spelt = Object.keys(keys).find((one) => one.toLowerCase() === key.toLowerCase()) ?? key;
  const all = [...new Set([...elementTexts(keys[spelt]), ...values])];
  return { ...condition, [operator]: { ...keys, [spelt]: single(all) } };
}

export function conditionsOf({ Condition: condition }: Fields): Conditions {
  return isFields(condition) ? (condition as Conditions) : {};
}

/** A text or list of elementTexts as a list; what else stands there as it reads. */
export function elementTexts(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** The keys that conditions ask, in small letters. */
export function askedKeys(conditions: Conditions): string[] {
  return Object.values(conditions).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase()));
}
