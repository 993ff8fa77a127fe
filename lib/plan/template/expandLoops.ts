import { asRecord, fieldOf } from "../fieldOf.js";
import { notKnown } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";
import type { Template, TemplateResource } from "./templateSchema.js";

const loop = "Fn::ForEach::";

/** So many parts may come of the loops: CloudFormation takes templates of 500 resources and a megabyte. */
const most = 300_000;

/** A template without its loops, as far as they can be gone through. */
export interface Unrolled {
  template: Template;
  /** The loop that a resource came of, by their names. */
  loops: ReadonlyMap<string, string>;
}

type Values = Readonly<Record<string, string>>;

/**
 * Goes through the loops of a template, as AWS::LanguageExtensions does: in what each makes, `${Identifier}` is the value,
 * `&{Identifier}` the value's letters and digits, and so is a Ref to the identifier. A loop over what is not known, or of
 * what is no resource, stays as it is.
 *
 * @param resolve gives a collection as far as it is known
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(template: Template, resolve: (value: unknown) => unknown): Unrolled {
  const { Transform: transform, Resources: resources, Conditions: conditions, Outputs: outputs } = template;
  const loops = new Map<string, string>();
  const transforms: unknown[] = Array.isArray(transform) ? transform : [transform];
  if (!transforms.includes("AWS::LanguageExtensions")) return { template, loops };
  let left = most;

  const expanded = (value: unknown, values: Values): unknown => {
    left -= 1;
    if (left < 0) return notKnown("more than loops may make");
    if (typeof value === "string") return filledIn(value, values);
    if (Array.isArray(value)) return value.map((one) => expanded(one, values));
    const record = asRecord(value);
    if (record === null) return value;
    const { Ref: name, ...others } = record;
    if (typeof name === "string" && Object.hasOwn(values, name) && Object.keys(others).length === 0)
      return values[name];
    const parts = entriesOf(record, values);
    return parts.some(([key]) => key.startsWith(loop)) ? notKnown("Fn::ForEach") : Object.fromEntries(parts);
  };

  const entriesOf = (record: Readonly<Record<string, unknown>>, values: Values): [string, unknown][] =>
    Object.entries(record).flatMap(([name, part]): [string, unknown][] =>
      name.startsWith(loop)
        ? (turns(part, values) ?? [[name, part]])
        : [[filledIn(name, values), expanded(part, values)]],
    );

  const turns = (given: unknown, values: Values): [string, unknown][] | null => {
    const [identifier, collection, fragment]: unknown[] = Array.isArray(given) ? given : [];
    const made = asRecord(fragment);
    const through = resolve(expanded(collection, values));
    if (typeof identifier !== "string" || made === null || !Array.isArray(through)) return null;
    const texts = through.map(scalarText);
    if (texts.includes(undefined) || left < 0) return null;
    return texts.flatMap((text) => entriesOf(made, { ...values, [identifier]: text ?? "" }));
  };

  const ofResources = Object.entries(resources).flatMap(([name, part]): [string, TemplateResource | unknown[]][] => {
    if (!name.startsWith(loop)) return [[name, asResource(expanded(part, {})) ?? part]];
    const made = turns(part, {});
    const isWhole = left >= 0 && made?.every(([, one]) => asResource(one) !== null) === true;
    if (made === null || !isWhole) return [[name, Array.isArray(part) ? part : []]];
    return made.map(([id, one]) => {
      loops.set(id, name);
      return [id, asResource(one) ?? []];
    });
  });
  const unrolled = {
    ...template,
    Resources: Object.fromEntries(ofResources),
    Conditions: conditions === undefined ? undefined : expanded(conditions, {}),
    Outputs: outputs === undefined ? undefined : expanded(outputs, {}),
  };
  return { template: unrolled, loops };
}

function filledIn(text: string, values: Values): string {
  if (!text.includes("{")) return text;
  return text.replace(/([$&])\{(\w{1,255})\}/g, (whole, mark: string, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : mark === "&" ? value.replace(/[^A-Za-z0-9]/g, "") : value;
  });
}

/** A loop's fragment may hold anything. */
function asResource(made: unknown): TemplateResource | null {
  const condition = fieldOf(made, "Condition");
  const isResource =
    typeof fieldOf(made, "Type") === "string" && (condition === undefined || typeof condition === "string");
  return isResource ? (made as TemplateResource) : null;
}
