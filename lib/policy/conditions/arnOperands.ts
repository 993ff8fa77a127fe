import { parseArn } from "../../facts/arn.js";
import type { ContextLookup } from "../ContextKeyState.js";
import { expandedPattern } from "../expandedPattern.js";
import { expandVariables, type TextPiece } from "../expandVariables.js";
import type { ParsedCondition, ParsedPolicy } from "../ParsedPolicy.js";
import { anyRun, anyText, anyUnit, canMatch, matchesEverything, matchesPattern } from "../wildcard.js";
import { type Comparison, certainly, type Operands, outcome } from "./Comparison.js";

type Operand = KnownOperand | UnknownOperand;

/** `segments` is null where the operand is no ARN. */
interface KnownOperand {
  kind: "known";
  segments: number[][] | null;
}

interface UnknownOperand {
  kind: "unknown";
  pattern: number[];
  /** Whether it may turn out to be no ARN. */
  canBeNoArn: boolean;
  variables: string[];
}

const colon = 58;

/**
 * The operands of the Arn operators: each of the six segments is compared by itself, and a wildcard does not reach out
 * of its segment. As captured from live IAM (aws-behaviour, condition-arns):
 *
 * - a value that is no ARN is not comparable
 * - an operand that is no ARN, met before a match, is an evaluation error; operands are taken in their order
 *
 * Variables that do not resolve leave their operand out: it matches nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnOperands(
  { values }: ParsedCondition,
  version: ParsedPolicy["version"],
  lookup: ContextLookup,
): Operands {
  const operands = values
    .map((value) => expandVariables(value, version, lookup))
    .filter((pieces) => pieces !== null)
    .map(operandOf);
  return {
    withValue(value) {
      const arn = parseArn(value);
      if (arn === null) return certainly(outcome.notComparable);
      // What follows the fifth colon is one segment, whatever colons it holds.
      const segments = ["arn", arn.partition, arn.service, arn.region, arn.accountId, arn.resource];
      return inOrder(
        operands,
        (patterns) =>
          segments.every((segment, index) => {
            const pattern = patterns[index];
            return pattern !== undefined && matchesPattern(pattern, segment);
          })
            ? "surely"
            : "no",
        ({ pattern }) => matchesWithColons(pattern, value, fifthColon(value)),
      );
    },
    withAnything: withNotComparable(
      inOrder(
        operands,
        (patterns) => (patterns.slice(1).every(matchesEverything) ? "surely" : "maybe"),
        () => true,
      ),
    ),
  };
}

/** Takes the operands in their order until one decides, and collects on the way what may come out. */
function inOrder(
  operands: readonly Operand[],
  match: (patterns: readonly number[][]) => "surely" | "maybe" | "no",
  canMatchUnknown: (operand: UnknownOperand) => boolean,
): Comparison {
  let outcomes = 0;
  const variables: string[] = [];
  for (const operand of operands) {
    if (operand.kind === "unknown") {
      const mayMatch = canMatchUnknown(operand);
      if (mayMatch) outcomes |= outcome.match;
      if (operand.canBeNoArn) outcomes |= outcome.error;
      if (mayMatch || operand.canBeNoArn) for (const variable of operand.variables) variables.push(variable);
      continue;
    }
    if (operand.segments === null) return { outcomes: outcomes | outcome.error, variables };
    const answer = match(operand.segments);
    if (answer !== "no") outcomes |= outcome.match;
    if (answer === "surely") return { outcomes, variables };
  }
  return { outcomes: outcomes | outcome.noMatch, variables };
}

function withNotComparable({ outcomes, variables }: Comparison): Comparison {
  return { outcomes: outcomes | outcome.notComparable, variables };
}

function operandOf(pieces: readonly TextPiece[]): Operand {
  const { pattern, variables } = expandedPattern(pieces);
  const segments = segmentsOf(pattern);
  if (variables.length === 0) return { kind: "known", segments };
  // Without its variables it would be an ARN, and they stand behind "arn:": whatever they hold, it is one.
  return {
    kind: "unknown",
    pattern,
    canBeNoArn: segments === null || segments[0]?.includes(anyText) === true,
    variables,
  };
}

/** The six segments of a pattern, or null where it is none of an ARN. */
function segmentsOf(pattern: readonly number[]): number[][] | null {
  const first: number[] = [];
  let segment = first;
  const segments = [first];
  for (const unit of pattern) {
    if (unit === colon && segments.length < 6) {
      segment = [];
      segments.push(segment);
    } else segment.push(unit);
  }
  return segments.length === 6 && matchesPattern(first, "arn") ? segments : null;
}

/** Where the fifth colon of an ARN stands; behind it wildcards reach over colons. */
function fifthColon(arn: string): number {
  let at = -1;
  for (let count = 0; count < 5; count += 1) at = arn.indexOf(":", at + 1);
  return at;
}

/** A variable may hold colons, a wildcard does not reach over those that part the segments. */
function matchesWithColons(pattern: readonly number[], arn: string, lastColon: number): boolean {
  return canMatch(pattern, arn.length, (unit, at) => {
    const code = arn.charCodeAt(at);
    if (unit === anyText || unit === code) return true;
    return (unit === anyRun || unit === anyUnit) && (code !== colon || at > lastColon);
  });
}
