import { asRecord, fieldOf } from "../fieldOf.js";
import { firstNotKnown, isNotKnown, type NotKnown, notKnown } from "../NotKnown.js";
import { type PlanPlace, scalarText } from "../PlanPlace.js";
import { findInMap } from "./findInMap.js";
import { givenText } from "./parameterFault.js";
import { pseudoParameters } from "./pseudoParameters.js";
import { putTogether } from "./putTogether.js";
import { templateConditions } from "./templateConditions.js";
import type { Template } from "./templateSchema.js";
import { toldByName } from "./toldByName.js";

/** What resolves a template's values, as far as they are known before the deployment. */
export interface TemplateResolver {
  resolve: (value: unknown) => unknown;
  /** Whether a condition holds; NotKnown where only the deployment tells. */
  condition: (name: string) => boolean | NotKnown;
  /** The place of a rule that does not hold, and what it asserts; null where none is broken for sure. */
  brokenRule: () => string | null;
}

/** Stands for AWS::NoValue, which removes the property. */
const noValue = Symbol("AWS::NoValue");

/** So deep values, and what they refer to, stand in one another. */
const deepest = 250;

/** So many values and characters are made of a template: a megabyte of it may be made to stand for any number. */
const most = 20_000_000;

const tooMuch = notKnown("more than a template may hold");

/** How a template stands among others. */
export interface ResolverUse {
  /** Put before the logical ids that a value hangs on: that of the nested stack, with a slash. Default: none. */
  scope?: string;
  /** AWS::StackName; left out: not known. */
  stackName?: string | undefined;
  /** An output of a nested stack; undefined where there is none that is known. */
  outputOf?: (id: string, output: string) => unknown;
  /** What another stack that is deployed beside it exports; undefined where none does. */
  importOf?: (name: string) => unknown;
  /** What may still be made, of all templates together. */
  budget?: { left: number };
}

/**
 * Resolves what is known of a template: parameters by their given values or defaults, the account, Region and partition,
 * mappings, conditions, and functions over them. What only the deployment tells stays NotKnown.
 *
 * @param given parameters by name: texts, or what a parent's template resolved for a nested stack
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function templateResolver(
  template: Template,
  given: Readonly<Record<string, unknown>>,
  place: PlanPlace,
  {
    scope = "",
    stackName,
    outputOf = () => undefined,
    importOf = () => undefined,
    budget = { left: most },
  }: ResolverUse = {},
): TemplateResolver {
  const resolved = new WeakMap<object, { value: unknown; cost: number }>();
  let depth = 0;
  /** What stands in several places is resolved once, and counts as often as it stands there. */
  const resolve = (given: unknown): unknown => {
    if (typeof given === "string") {
      budget.left -= given.length;
      return given.includes("{{resolve:") ? notKnown(given) : given;
    }
    if (typeof given !== "object" || given === null || isNotKnown(given)) return given;
    const known = resolved.get(given);
    budget.left -= known?.cost ?? 1;
    if (known !== undefined) return known.value;
    if (budget.left < 0 || depth > deepest) return tooMuch;
    const before = budget.left;
    depth += 1;
    const value = resolvedParts(given);
    depth -= 1;
    resolved.set(given, { value, cost: 1 + before - budget.left });
    return value;
  };

  const resolvedParts = (value: object): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((one) => one !== noValue);
    const record = asRecord(value) ?? {};
    if (Object.hasOwn(record, "Fn::Transform")) return notKnown("Fn::Transform");
    const [name, ...others] = Object.keys(record);
    if (name !== undefined && others.length === 0 && (name === "Ref" || name.startsWith("Fn::"))) {
      const made = call(name, record[name]);
      budget.left -= sizeOf(made);
      return made;
    }
    return Object.fromEntries(
      Object.entries(record)
        .map(([key, part]): [string, unknown] => [key, resolve(part)])
        .filter(([, part]) => part !== noValue),
    );
  };

  const call = (name: string, argument: unknown): unknown => {
    const list = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case "Ref":
      case "Fn::GetAtt": {
        const words = list.map(resolve);
        const hole = firstNotKnown(words);
        if (hole !== null) return notKnown(`${name} ${hole.because}`);
        const [first = "", ...rest] = words.map((word) => scalarText(word) ?? "");
        return name === "Ref"
          ? reference(first)
          : attributeOf(...(rest.length === 0 ? first.split(".") : [first, ...rest]));
      }
      case "Fn::Sub":
        return substituted(list);
      case "Fn::Join":
        return joined(list);
      case "Fn::If": {
        const holds = typeof list[0] === "string" ? condition(list[0]) : notKnown("Fn::If");
        return isNotKnown(holds) ? eitherOf(resolve(list[1]), resolve(list[2]), holds) : resolve(list[holds ? 1 : 2]);
      }
      case "Fn::Select": {
        const [index, from] = [resolve(list[0]), resolve(list[1])];
        const hole = firstNotKnown(index) ?? (isNotKnown(from) ? from : null);
        return hole ?? (Array.isArray(from) ? (from[Number(index)] ?? notKnown("Fn::Select")) : notKnown("Fn::Select"));
      }
      case "Fn::Split": {
        const [by, text] = [scalarText(resolve(list[0])), resolve(list[1])];
        return isNotKnown(text)
          ? notKnown(text.because)
          : by === undefined || by === ""
            ? notKnown("Fn::Split")
            : (scalarText(text) ?? "").split(by);
      }
      case "Fn::FindInMap":
        return findInMap(template.Mappings, list, resolve);
      case "Fn::ToJsonString": {
        const value = resolve(argument);
        return firstNotKnown(value) ?? JSON.stringify(value);
      }
      case "Fn::Length": {
        const value = resolve(argument);
        return Array.isArray(value) ? value.length : notKnown(name);
      }
      case "Fn::ImportValue": {
        const exported = scalarText(resolve(argument)) ?? "";
        return importOf(exported) ?? notKnown(`${name} ${exported}`.trim());
      }
      case "Fn::Equals":
      case "Fn::And":
      case "Fn::Or":
      case "Fn::Not":
        return decide({ [name]: argument });
      default:
        return notKnown(name);
    }
  };

  const pseudo = pseudoParameters(place, stackName ?? null);
  const reference = (name: string): unknown => {
    if (name === "AWS::NoValue") return noValue;
    if (Object.hasOwn(pseudo, name)) return pseudo[name] ?? notKnown(name);
    const parameter = ownParameter(name);
    if (parameter === null) return madeOnly(name, "Ref");
    const own = givenText(given, name, parameter);
    // The default of such a one names what holds the value.
    const isLookedUp = parameter.Type?.startsWith("AWS::SSM::Parameter::Value") === true;
    if (own === undefined || isLookedUp) return notKnown(`parameter ${scope}${name}`);
    const value = typeof own === "string" ? resolve(own) : own;
    const isList = typeof value === "string" && /^(CommaDelimitedList|List<)/.test(parameter.Type ?? "");
    return isList ? value.split(",").map((one) => one.trim()) : value;
  };

  const ownParameter = (name: string) => {
    const { Parameters: parameters } = template;
    return parameters !== undefined && Object.hasOwn(parameters, name) ? (parameters[name] ?? null) : null;
  };

  /** What the deployment tells of a resource, unless its name tells it; of one that it does not make, nothing. */
  const madeOnly = (id: string, attribute: string): unknown => {
    const resource = fieldOf(template.Resources, id);
    const name = fieldOf(resource, "Condition");
    if (typeof name === "string" && condition(name) === false)
      return notKnown(`${scope}${id}, which is not made: condition ${name} does not hold`);
    const told = toldByName(resource, attribute, place, resolve);
    if (told !== null) return told;
    return notKnown(`${scope}${id}${attribute === "Ref" ? "" : `.${attribute}`}`, [
      { resource: scope + id, attribute },
    ]);
  };

  const attributeOf = (resource = "", ...steps: string[]): unknown => {
    const attribute = steps.join(".");
    const hole = madeOnly(resource, attribute);
    const output = attribute.startsWith("Outputs.") ? outputOf(resource, attribute.slice(8)) : undefined;
    return isNotKnown(hole) && hole.pieces !== undefined && output !== undefined ? output : hole;
  };

  const substituted = ([text, variables]: unknown[]): unknown => {
    if (typeof text !== "string") return notKnown("Fn::Sub");
    const pieces: unknown[] = [];
    let end = 0;
    for (const { 0: whole, 1: name = "", index } of text.matchAll(/\$\{([^${}]*)\}/g)) {
      pieces.push(text.slice(end, index), variable(name.trim(), whole, variables));
      end = index + whole.length;
    }
    return putTogether([...pieces, text.slice(end)]);
  };

  const variable = (name: string, whole: string, variables: unknown): unknown => {
    if (name.startsWith("!")) return whole.replace("!", "");
    const own = fieldOf(variables, name);
    return own !== undefined ? resolve(own) : name.includes(".") ? attributeOf(...name.split(".")) : reference(name);
  };

  const joined = ([by, parts]: unknown[]): unknown => {
    const [between, items] = [scalarText(resolve(by)) ?? "", resolve(parts)];
    if (isNotKnown(items)) return items;
    const all = Array.isArray(items) ? items : [items];
    return putTogether(all.flatMap((one, at) => (at === 0 ? [one] : [between, one])));
  };

  const { condition, decide, brokenRule } = templateConditions(template, resolve);
  return { resolve: (value) => withoutNoValue(resolve(value)), condition, brokenRule };
}

/** With the condition open, the value is known only where both ways give the same. */
function eitherOf(one: unknown, other: unknown, hole: NotKnown): unknown {
  return typeof one === "string" && one === other ? one : hole;
}

/** In values and characters. */
function sizeOf(made: unknown): number {
  const parts: readonly unknown[] = isNotKnown(made) ? (made.pieces ?? []) : Array.isArray(made) ? made : [made];
  return parts.reduce<number>((size, one) => size + (typeof one === "string" ? one.length : 1), 0);
}

function withoutNoValue(value: unknown): unknown {
  return value === noValue ? undefined : value;
}
