import { fieldOf } from "../fieldOf.js";
import { firstNotKnown, notKnown } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";

/**
 * What stands in a template's mappings, else the default that AWS::LanguageExtensions adds.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 */
export function findInMap(
  mappings: unknown,
  [top, second, third, more]: readonly unknown[],
  resolve: (value: unknown) => unknown,
): unknown {
  const steps = [top, second, third].map(resolve);
  const hole = firstNotKnown(steps);
  if (hole !== null) return hole;
  const names = steps.map((step) => scalarText(step) ?? "");
  const found = names.reduce(fieldOf, mappings);
  const otherwise = fieldOf(more, "DefaultValue");
  if (found === undefined && otherwise !== undefined) return resolve(otherwise);
  const isPlain = (Array.isArray(found) ? found : [found]).every((one) => scalarText(one) !== undefined);
  return isPlain ? found : notKnown(`Fn::FindInMap ${names[0]}`);
}
