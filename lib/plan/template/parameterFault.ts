import { runInNewContext } from "node:vm";
import { fieldOf } from "../fieldOf.js";
import { firstNotKnown } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";

/** Patterns may be a stranger's: so many milliseconds one may take, and all of them; then only CloudFormation can tell. */
const longest = 500;
export const patience = () => ({ left: 2000 });

/** What Java's expressions mean otherwise than JavaScript's, or have alone. */
const ofJava = /\\[pPQEAzZhHRXGb<]|&&|[*+?}]\+|\(\?(?![:=!])/;

/**
 * What a template's parameter does not allow in a value, and the constraint that says so; null where it allows it, or where
 * only CloudFormation can tell.
 *
 * @param declared the parameter as the template has it
 * @param all what is left of the patience with the patterns of all parameters
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterFault(
  declared: unknown,
  value: string,
  all = patience(),
): { constraint: string; expected: string } | null {
  const type = scalarText(fieldOf(declared, "Type")) ?? "String";
  // What is looked up is not the value that is given.
  if (type.startsWith("AWS::SSM::") || value.includes("{{resolve:")) return null;
  const isList = /^(?:CommaDelimitedList|List<)/.test(type);
  const values = isList ? value.split(",").map((one) => one.trim()) : [value];
  for (const one of values) {
    const fault = faultOf(declared, one, {
      isNumber: /^(?:Number|List<Number>)$/.test(type),
      isText: type === "String",
      all,
    });
    if (fault === null) continue;
    const isSecret = /^true$/i.test(scalarText(fieldOf(declared, "NoEcho")) ?? "");
    const found = isSecret ? "" : `, found ${JSON.stringify(value.slice(0, 80))}`;
    return { ...fault, expected: `${fault.expected}${found}` };
  }
  return null;
}

/**
 * What a parameter was given, else its default, as a text; NotKnown where only the deployment tells, or what of a list is
 * not known; undefined where there is none.
 */
export function givenText(given: Readonly<Record<string, unknown>>, name: string, declared: unknown): unknown {
  const own = Object.hasOwn(given, name) ? given[name] : fieldOf(declared, "Default");
  if (firstNotKnown(own) !== null) return own;
  return Array.isArray(own) ? own.map(scalarText).join(",") : scalarText(own);
}

function faultOf(
  declared: unknown,
  value: string,
  { isNumber, isText, all }: { isNumber: boolean; isText: boolean; all: { left: number } },
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
  return pattern === undefined || matches(pattern, value, all)
    ? null
    : wrong("AllowedPattern", `a text like ${pattern}`);
}

/** True, too, where it cannot be told. */
function matches(pattern: string, value: string, all: { left: number }): boolean {
  const timeout = Math.min(longest, Math.ceil(all.left));
  if (timeout <= 0 || ofJava.test(pattern)) return true;
  const begin = performance.now();
  try {
    // Of all the value, as Java's matches does.
    const whole = `^(?:${pattern})$`;
    return runInNewContext("new RegExp(whole).test(value)", { whole, value }, { timeout }) === true;
  } catch {
    return true;
  } finally {
    all.left -= performance.now() - begin;
  }
}
