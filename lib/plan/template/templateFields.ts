import { asRecord, fieldOf } from "../fieldOf.js";
import { isNotKnown, type NotKnown, notKnown } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";
import type { TemplateResolver } from "./templateResolver.js";
import type { Template, TemplateResource } from "./templateSchema.js";

/** A property of a resource, by its name, as far as it is known. */
export type ResourceField = (name: string) => unknown;

/**
 * Reads properties of resources. What an include adds is not known, nor what a macro makes of what is there; AWS's own
 * transforms of whole templates leave vaults and keys as they are written.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-transform.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html
 */
export function templateFields(template: Template, { resolve }: TemplateResolver) {
  const macro = transformsOf(template).find((name) => !name.startsWith("AWS::"));
  return ({ Properties: properties, "Fn::Transform": beside }: TemplateResource): ResourceField => {
    const transforms = [beside, fieldOf(properties, "Fn::Transform")].filter((one) => one !== undefined);
    // What stands for all the properties is none of them.
    const whole = isNotKnown(properties) ? properties : wholeIn(properties);
    const areIncludes = transforms.every((one) => nameOf(one) === "AWS::Include");
    return (name) => {
      const given = fieldOf(properties, name);
      if (macro !== undefined) return notKnown(`Transform ${macro}`);
      if (whole !== null) return whole;
      const isOpen = transforms.length > 0 && (given === undefined || !areIncludes);
      return isOpen ? notKnown("Fn::Transform") : resolve(given);
    };
  };
}

function wholeIn(properties: unknown): NotKnown | null {
  const name = Object.keys(asRecord(properties) ?? {}).find((one) => /^(?!Fn::Transform$)(?:Fn::|Ref$)/.test(one));
  return name === undefined ? null : notKnown(name);
}

/** What rewrites the whole template, or all its resources, but for what adds functions of the language only. */
export function transformsOf({ Transform: given, resourcesTransform }: Template): string[] {
  return [given, resourcesTransform]
    .flatMap((one) => (one === undefined ? [] : Array.isArray(one) ? one : [one]))
    .map(nameOf)
    .filter((name) => name !== "AWS::LanguageExtensions");
}

function nameOf(transform: unknown): string {
  return scalarText(transform) ?? scalarText(fieldOf(transform, "Name")) ?? "without a name";
}
