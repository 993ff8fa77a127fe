import { runInNewContext } from "node:vm";
import { fieldOf } from "../plan/fieldOf.js";
import { scalarText } from "../plan/PlanPlace.js";

/** A pattern may be a stranger's: so long it may take. */
const patience = 500;

/** What Java's expressions mean otherwise than JavaScript's, or have alone. */
const ofJava = /\\[pPQEAzZhHRXGb<]|&&|[*+?}]\+|\(\?(?![:=!])/;

/**
 * What a template's parameter does not allow in a value, and the constraint that says so; null where it allows it, or where
 * only CloudFormation can tell.
 *
 * @param declared the parameter as the template has it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterFault(declared: unknown, value: string): { constraint: string; expected: string } | null {
  const type = scalarText(fieldOf(declared, "Type")) ?? "String";
  // What is looked up is not the value that is given.
  if (type.startsWith("AWS::SSM::")) return null;
  const isList = /^(?:CommaDelimitedList|List<)/.test(type);
  const values = isList ? value.split(",").map((one) => one.trim()) : [value];
  for (const one of values) {
    const fault = faultOf(declared, one, {
      isNumber: /^(?:Number|List<Number>)$/.test(type),
      isText: type === "String",
    });
    if (fault !== null) return fault;
  }
  return null;
}

function faultOf(
  declared: unknown,
  value: string,
  { isNumber, isText }: { isNumber: boolean; isText: boolean },
): { constraint: string; expected: string } | null {
  const told = (name: string) => scalarText(fieldOf(declared, name));
  const wrong = (constraint: string, expected: string) => ({ constraint, expected });
  if (isNumber && !Number.isFinite(Number(value === "" ? Number.NaN : value))) return wrong("Type", "a number");
  const allowed = fieldOf(declared, "AllowedValues");
  if (Array.isArray(allowed)) {
    const texts = allowed.map(scalarText);
    const isAllowed = texts.some((one) => one === value || (isNumber && Number(one) === Number(value)));
    if (!isAllowed && !texts.includes(undefined))
      return wrong("AllowedValues", `one of ${texts.slice(0, 20).join(", ")}`);
  }
  const limits = [
    ["MinLength", isText, (limit: number) => value.length < limit, "at least LIMIT characters"],
    ["MaxLength", isText, (limit: number) => value.length > limit, "at most LIMIT characters"],
    ["MinValue", isNumber, (limit: number) => Number(value) < limit, "LIMIT or more"],
    ["MaxValue", isNumber, (limit: number) => Number(value) > limit, "LIMIT or less"],
  ] as const;
  for (const [name, applies, isOver, expected] of limits) {
    const limit = told(name);
    if (applies && limit !== undefined && isOver(Number(limit))) return wrong(name, expected.replace("LIMIT", limit));
  }
  const pattern = told("AllowedPattern");
  return pattern === undefined || matches(pattern, value) ? null : wrong("AllowedPattern", `a text like ${pattern}`);
}

/** True, too, where it cannot be told. */
function matches(pattern: string, value: string): boolean {
  if (ofJava.test(pattern)) return true;
  try {
    return runInNewContext("new RegExp(pattern).test(value)", { pattern, value }, { timeout: patience }) === true;
  } catch {
    return true;
  }
}
