import { isAddress, isInRange } from "./addresses.js";
import { arnMatches, arnParts } from "./arns.js";
import { timeOf } from "./dates.js";
import { numberOf } from "./numbers.js";
import { resolveVariables } from "./resolveVariables.js";
import { matches, plain } from "./wildcard.js";

/** A pattern that is no ARN, against a value that is one: AWS fails the evaluation (aws-behaviour, condition-arns). */
export class EvaluationError extends Error {}

interface Operator {
  negated: boolean;
  /** Whether one value of the request fits one value of the policy. */
  fits: (value: string, operand: string) => boolean;
  /** Values for which the operator is false, negated or not. */
  cannotTest?: (value: string) => boolean;
  /** Policy variables stand in the operands of the string and ARN operators only. */
  variables?: boolean;
}

const numeric = (compare: (value: bigint, operand: bigint) => boolean) => (value: string, operand: string) => {
  const [one, other] = [numberOf(value), numberOf(operand)];
  return one !== null && other !== null && compare(one, other);
};
const date = (compare: (value: number, operand: number) => boolean) => (value: string, operand: string) => {
  const [one, other] = [timeOf(value), timeOf(operand)];
  return one !== null && other !== null && compare(one, other);
};
const equals = (value: string, operand: string) => value === plain(operand);
const like = (value: string, operand: string) => matches(operand, value);
// Letter case is ignored as lower-casing does it, with one sigma.
const lower = (text: string) => text.toLowerCase().replaceAll("ς", "σ");
const equalsIgnoreCase = (value: string, operand: string) => lower(value) === lower(plain(operand));
const isTrue = (text: string) => text.toLowerCase() === "true";
const isBase64 = (text: string) =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) && text !== "";
const arnLike = (value: string, operand: string) => {
  const [arn, pattern] = [arnParts(value), arnParts(operand)];
  if (arn === null) return false;
  if (pattern === null) throw new EvaluationError(operand);
  return arnMatches(pattern, arn);
};
const isNoArn = (value: string) => arnParts(value) === null;

const text = { negated: false, variables: true };
const notText = { negated: true, variables: true };
const yes = { negated: false };
const not = { negated: true };
const arn = { negated: false, variables: true, cannotTest: isNoArn, fits: arnLike };
const notArn = { negated: true, variables: true, cannotTest: isNoArn, fits: arnLike };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Record<string, Operator> = {
  StringEquals: { ...text, fits: equals },
  StringNotEquals: { ...notText, fits: equals },
  StringEqualsIgnoreCase: { ...text, fits: equalsIgnoreCase },
  StringNotEqualsIgnoreCase: { ...notText, fits: equalsIgnoreCase },
  StringLike: { ...text, fits: like },
  StringNotLike: { ...notText, fits: like },
  NumericEquals: { ...yes, fits: numeric((one, other) => one === other) },
  NumericNotEquals: { ...not, fits: numeric((one, other) => one === other) },
  NumericLessThan: { ...yes, fits: numeric((one, other) => one < other) },
  NumericLessThanEquals: { ...yes, fits: numeric((one, other) => one <= other) },
  NumericGreaterThan: { ...yes, fits: numeric((one, other) => one > other) },
  NumericGreaterThanEquals: { ...yes, fits: numeric((one, other) => one >= other) },
  DateEquals: { ...yes, fits: date((one, other) => one === other) },
  DateNotEquals: { ...not, fits: date((one, other) => one === other) },
  DateLessThan: { ...yes, fits: date((one, other) => one < other) },
  DateLessThanEquals: { ...yes, fits: date((one, other) => one <= other) },
  DateGreaterThan: { ...yes, fits: date((one, other) => one > other) },
  DateGreaterThanEquals: { ...yes, fits: date((one, other) => one >= other) },
  Bool: { ...yes, fits: (value, operand) => isTrue(value) === isTrue(operand) },
  BinaryEquals: { ...yes, fits: (value, operand) => isBase64(value) && isBase64(operand) && value === operand },
  IpAddress: { ...yes, fits: isInRange, cannotTest: (value) => !isAddress(value) },
  NotIpAddress: { ...not, fits: isInRange, cannotTest: (value) => !isAddress(value) },
  ArnEquals: arn,
  ArnLike: arn,
  ArnNotEquals: notArn,
  ArnNotLike: notArn,
};

export function isOperator(name: string): boolean {
  const [, base = ""] = /^(?:ForAllValues:|ForAnyValue:)?(\w+?)(?:IfExists)?$/.exec(name) ?? [];
  return name === "Null" || Object.hasOwn(operators, base);
}

/**
 * Whether one line of a Condition block holds: one operator, one key, the values that the policy lists.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionHolds(
  operatorName: string,
  key: string,
  operands: string[],
  version: string,
  contextValue: (key: string) => string | string[] | null,
): boolean {
  const value = contextValue(key);
  if (operatorName === "Null") return operands.some((operand) => isTrue(operand) === (value === null));

  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operatorName) ?? [];
  const operator = operators[name];
  if (operator === undefined) throw new Error(`The oracle knows no operator ${operatorName}`);

  if (value === null) {
    if (ifExists !== undefined || set === "ForAllValues") return true;
    return set === undefined && operator.negated;
  }
  const holds = (one: string) => {
    if (operator.cannotTest?.(one) === true) return false;
    const fits = operands.some((operand) => {
      const resolved = operator.variables === true ? resolveVariables(operand, version, contextValue) : operand;
      return resolved !== null && operator.fits(one, resolved);
    });
    return operator.negated ? !fits : fits;
  };
  if (set === "ForAllValues") return listOfValues(value).every(holds);
  if (set === "ForAnyValue") return listOfValues(value).some(holds);
  // A multi-valued key takes a set operator; without one it never matches.
  return typeof value === "string" && holds(value);
}

function listOfValues(value: string | string[]): string[] {
  return typeof value === "string" ? [value] : value;
}
