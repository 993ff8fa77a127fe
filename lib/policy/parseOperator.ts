import type { ParsedCondition } from "./ParsedPolicy.js";

const bases = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnNotEquals",
  "ArnLike",
  "ArnNotLike",
  "Null",
] as const;
const byLower = new Map<string, string>(bases.map((b) => [b.toLowerCase(), b]));
export function parseOperator(written: string): Pick<ParsedCondition, "operator" | "set" | "ifExists"> | null {
  const m = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(written);
  if (!m) return null;
  const operator = byLower.get((m[2] ?? "").toLowerCase());
  if (operator === undefined || (operator === "Null" && (m[3] || m[1]))) return null;
  return {
    operator,
    set: m[1] === undefined ? null : m[1].toLowerCase() === "forallvalues" ? "ForAllValues" : "ForAnyValue",
    ifExists: m[3] !== undefined,
  };
}
