import type { ConditionOperator } from "./ConditionOperator.js";

/** A policy document after parsing: its valid statements, and what is wrong with it. */
export interface ParsedPolicy {
  /** Variables are policy variables only in "2012-10-17". */
  version: "2008-10-17" | "2012-10-17";
  /** The valid statements, with their index in the document. */
  statements: ParsedStatement[];
  /** What is damaged, with its place, as `Statement[1].Effect: expected "Allow" or "Deny"`; empty where nothing is. */
  damage: string[];
}

export interface ParsedStatement {
  index: number;
  sid: string | null;
  effect: "Allow" | "Deny";
  action: { negated: boolean; patterns: string[] };
  /** Null where the statement has neither Resource nor NotResource: it applies to every resource. */
  resource: { negated: boolean; patterns: string[] } | null;
  /** Null where the statement has neither Principal nor NotPrincipal. */
  principal: { negated: boolean; names: { type: string; name: string }[] } | null;
  conditions: ParsedCondition[];
}

export interface ParsedCondition {
  /** The base operator as AWS spells it, as StringNotLike. */
  operator: ConditionOperator;
  set: "ForAllValues" | "ForAnyValue" | null;
  ifExists: boolean;
  key: string;
  values: string[];
}
