import type { PrincipalArn } from "../facts/arn.js";
import type { ConditionOperator } from "./ConditionOperator.js";
import type { Operands } from "./conditions/Comparison.js";
import type { TextPattern } from "./textPattern.js";

/**
 * A policy document after parsing: its valid statements, and what is wrong with it. What is asked of it again and again
 * (the statements of an action, prepared operands) is kept with it.
 */
export interface ParsedPolicy {
  /** Variables are policy variables only in "2012-10-17". */
  readonly version: "2008-10-17" | "2012-10-17";
  /** The valid statements, with their index in the document. */
  readonly statements: readonly ParsedStatement[];
  /** What is damaged, with its place, as `Statement[1].Effect: expected "Allow" or "Deny"`; empty where nothing is. */
  readonly damage: readonly string[];
  /** The statements that name an action, by the action in lower case; filled as they are asked for. */
  readonly naming: Map<string, readonly ParsedStatement[]>;
}

export interface ParsedStatement {
  readonly index: number;
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  /** Patterns in lower case. */
  readonly action: { readonly negated: boolean; readonly patterns: readonly TextPattern[] };
  /** Null where the statement has neither Resource nor NotResource: it applies to every resource. */
  readonly resource: { readonly negated: boolean; readonly patterns: readonly TextPattern[] } | null;
  /** Null where the statement has neither Principal nor NotPrincipal. */
  readonly principal: { readonly negated: boolean; readonly names: readonly NamedPrincipal[] } | null;
  readonly conditions: readonly ParsedCondition[];
}

/** One name in a Principal or NotPrincipal element. */
export interface NamedPrincipal {
  readonly type: string;
  readonly name: string;
  /** What the name tells, where it is an ARN of a principal. */
  readonly arn: PrincipalArn | null;
}

export interface ParsedCondition {
  /** The base operator as AWS spells it, as StringNotLike. */
  readonly operator: ConditionOperator;
  readonly set: "ForAllValues" | "ForAnyValue" | null;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
  /** Prepared once, where no policy variable stands in them. */
  operands?: Operands | null;
}
