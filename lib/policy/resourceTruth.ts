import type { EvaluationRequest, UnknownResource } from "./EvaluationRequest.js";
import { type ExpandedPattern, expandedPattern } from "./expandedPattern.js";
import { expandVariables } from "./expandVariables.js";
import type { ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import type { Truth } from "./Truth.js";
import { anyRun, anyText, anyUnit, canMatch, matchesEverything, matchesPattern } from "./wildcard.js";

interface ResourceAnswer {
  truth: Truth;
  dependsOn: string[];
}

/**
 * Whether one of the patterns of a Resource (or NotResource, which the caller turns round) matches the request's
 * resource: as a whole, with regard to letter case, wildcards also over colons and slashes. An action without a
 * resource type, whose resource is `*`, is matched by `*` alone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceTruth(
  { patterns }: NonNullable<ParsedStatement["resource"]>,
  version: ParsedPolicy["version"],
  { resource, lookup }: EvaluationRequest,
): ResourceAnswer {
  const dependsOn = new Set<string>();
  let truth: Truth = "false";
  for (const text of patterns) {
    const pieces = expandVariables(text, version, lookup);
    if (pieces === null) continue;
    const answer = matchOne(expandedPattern(pieces), resource);
    if (answer.truth === "true") return answer;
    if (answer.truth === "false") continue;
    truth = "unknown";
    for (const key of answer.dependsOn) dependsOn.add(key);
  }
  return { truth, dependsOn: [...dependsOn] };
}

function matchOne({ pattern, variables }: ExpandedPattern, resource: string | UnknownResource): ResourceAnswer {
  if (typeof resource !== "string") return matchUnknown({ pattern, variables }, resource);
  // A variable stands for text, and text for no wildcard.
  const isMatch =
    resource === "*" ? variables.length === 0 && matchesEverything(pattern) : matchesPattern(pattern, resource);
  if (!isMatch) return { truth: "false", dependsOn: [] };
  return { truth: variables.length === 0 ? "true" : "unknown", dependsOn: variables };
}

const uuid = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

function matchUnknown({ pattern, variables }: ExpandedPattern, { prefix, name }: UnknownResource): ResourceAnswer {
  const shape = prefix + uuid;
  const isDigit = (at: number) => at >= prefix.length && uuid[at - prefix.length] === "x";
  const matches = (digitMayBe: (unit: number) => boolean) =>
    canMatch(pattern, shape.length, (unit, at) => {
      if (unit === anyUnit || unit === anyRun || unit === anyText) return true;
      return isDigit(at) ? digitMayBe(unit) : unit === shape.charCodeAt(at);
    });
  if (!matches(isHexDigit)) return { truth: "false", dependsOn: [] };
  // What wildcards alone hold of the id matches whatever it is.
  const isIdKnown = matches(() => false);
  if (isIdKnown && variables.length === 0) return { truth: "true", dependsOn: [] };
  return { truth: "unknown", dependsOn: isIdKnown ? variables : [name, ...variables] };
}

function isHexDigit(code: number): boolean {
  return /[\da-f]/.test(String.fromCharCode(code));
}
