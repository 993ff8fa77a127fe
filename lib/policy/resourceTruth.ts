import type { EvaluationRequest, UnknownResource } from "./EvaluationRequest.js";
import { type ExpandedPattern, expandedPattern } from "./expandedPattern.js";
import { expandVariables } from "./expandVariables.js";
import { matchesBeginning } from "./matchesBeginning.js";
import type { ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import type { Truth } from "./Truth.js";
import { isEverything, matchesText, unitsOf } from "./textPattern.js";
import { anyRun, anyText, anyUnit, canMatch, matchesEverything, matchesPattern } from "./wildcard.js";

interface ResourceAnswer {
  readonly truth: Truth;
  readonly dependsOn: readonly string[];
}

const matches: ResourceAnswer = Object.freeze({ truth: "true", dependsOn: Object.freeze([]) });
const misses: ResourceAnswer = Object.freeze({ truth: "false", dependsOn: Object.freeze([]) });

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
  let dependsOn: readonly string[] | null = null;
  for (const written of patterns) {
    let answer: ResourceAnswer;
    if (version === "2008-10-17" || !written.text.includes("${")) {
      if (typeof resource === "string") {
        answer = (resource === "*" ? isEverything(written) : matchesText(written, resource)) ? matches : misses;
      } else answer = matchUnknown({ pattern: unitsOf(written), variables: [] }, resource);
    } else {
      const pieces = expandVariables(written.text, version, lookup);
      if (pieces === null) continue;
      answer = matchExpanded(expandedPattern(pieces), resource);
    }
    if (answer.truth === "true") return answer;
    if (answer.truth === "unknown") dependsOn = [...new Set([...(dependsOn ?? []), ...answer.dependsOn])];
  }
  return dependsOn === null ? misses : { truth: "unknown", dependsOn };
}

function matchExpanded({ pattern, variables }: ExpandedPattern, resource: string | UnknownResource): ResourceAnswer {
  if (typeof resource !== "string") return matchUnknown({ pattern, variables }, resource);
  // A variable stands for text, and text for no wildcard.
  const isMatch =
    resource === "*" ? variables.length === 0 && matchesEverything(pattern) : matchesPattern(pattern, resource);
  if (!isMatch) return misses;
  return variables.length === 0 ? matches : { truth: "unknown", dependsOn: variables };
}

const uuid = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

function matchUnknown(
  { pattern, variables }: { pattern: ArrayLike<number>; variables: readonly string[] },
  { prefix, isUuid, name }: UnknownResource,
): ResourceAnswer {
  if (!isUuid) {
    const found = matchesBeginning(pattern, prefix);
    if (found === "none") return misses;
    return found === "all" && variables.length === 0 ? matches : { truth: "unknown", dependsOn: [name, ...variables] };
  }
  const shape = prefix + uuid;
  const isDigit = (at: number) => at >= prefix.length && uuid[at - prefix.length] === "x";
  const fits = (digitMayBe: (unit: number) => boolean) =>
    canMatch(pattern, shape.length, (unit, at) => {
      if (unit === anyUnit || unit === anyRun || unit === anyText) return true;
      return isDigit(at) ? digitMayBe(unit) : unit === shape.charCodeAt(at);
    });
  if (!fits(isHexDigit)) return misses;
  // What wildcards alone hold of the id matches whatever it is.
  const isIdKnown = fits(() => false);
  if (isIdKnown && variables.length === 0) return matches;
  return { truth: "unknown", dependsOn: isIdKnown ? variables : [name, ...variables] };
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}
