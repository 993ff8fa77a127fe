import { tagLimits } from "../facts/tagLimits.js";
import type { Call, ServiceName } from "./Call.js";
import { isObject, objectsOf, textMapOf, textOf } from "./input.js";
import { ServiceError } from "./ServiceError.js";

const { most: mostTags, longestKey, longestValue } = tagLimits;
const letters = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+";
const fit = new RegExp(`^${letters}$`, "u");

/** How each service refuses a tag that cannot be, too many of them, and one that is there twice. */
const codes: Record<ServiceName, { invalid: string; tooMany: string; twice: string }> = {
  backup: {
    invalid: "InvalidParameterValueException",
    tooMany: "InvalidParameterValueException",
    twice: "InvalidParameterValueException",
  },
  iam: { invalid: "ValidationError", tooMany: "ValidationError", twice: "InvalidInput" },
  sts: { invalid: "ValidationError", tooMany: "ValidationError", twice: "InvalidParameterValue" },
  kms: { invalid: "TagException", tooMany: "LimitExceededException", twice: "TagException" },
  cloudtrail: {
    invalid: "InvalidParameterCombinationException",
    tooMany: "TagsLimitExceededException",
    twice: "InvalidParameterCombinationException",
  },
  ec2: { invalid: "InvalidParameterValue", tooMany: "TagLimitExceeded", twice: "InvalidParameterValue" },
  organizations: {
    invalid: "InvalidInputException",
    tooMany: "ConstraintViolationException",
    twice: "InvalidInputException",
  },
};

/**
 * Refuses tags that no service takes: longer than 128 and 256 characters, more than 50, twice the same, or of AWS's own.
 * IAM's and STS's words are as captured (aws-behaviour, iam-tags).
 *
 * @throws ServiceError
 */
export function requireTags({ service, operation, input }: Call): void {
  const { invalid, tooMany, twice } = codes[service];
  const inWords = service === "iam" || service === "sts";
  const tags = givenTags(input);
  if (tags.length > mostTags) {
    throw new ServiceError(
      tooMany,
      inWords
        ? refusal("tags", `Member must have length less than or equal to ${mostTags}`)
        : `The number of tags exceeds the maximum of ${mostTags}: ${tags.length}.`,
    );
  }
  for (const [index, [key, value]] of tags.entries()) {
    const wrong = wrongTag(index, key, value, inWords);
    if (wrong !== null) throw new ServiceError(invalid, wrong);
  }
  // Letter case is no difference in tags of principals and sessions, but in those of policies.
  const ignoresCase = inWords && !operation.endsWith("Policy");
  const names = tags.map(([key]) => (ignoresCase ? key.toLowerCase() : key));
  if (new Set(names).size === names.length) return;
  const note = ignoresCase ? " Please note that Tag keys are case insensitive." : "";
  throw new ServiceError(twice, `Duplicate tag keys found.${note}`);
}

function givenTags(input: Call["input"]): [key: string, value: string][] {
  const listed = (objectsOf(input, "Tags") ?? []).flatMap((tag): [string, string][] => {
    const key = textOf(tag, "Key") ?? textOf(tag, "TagKey");
    return key === undefined ? [] : [[key, textOf(tag, "Value") ?? textOf(tag, "TagValue") ?? ""]];
  });
  const mapped = isObject(input.Tags) ? textMapOf(input, "Tags") : {};
  return [...listed, ...Object.entries({ ...mapped, ...textMapOf(input, "BackupVaultTags") })];
}

function wrongTag(index: number, key: string, value: string, inWords: boolean): string | null {
  const place = `tags.${index + 1}.member`;
  if (key.length < 1) return refusal(`${place}.key`, "Member must have length greater than or equal to 1");
  if (key.length > longestKey) {
    return refusal(`${place}.key`, `Member must have length less than or equal to ${longestKey}`);
  }
  if (value.length > longestValue) {
    return refusal(`${place}.value`, `Member must have length less than or equal to ${longestValue}`);
  }
  if (inWords && !fit.test(key)) {
    return refusal(`${place}.key`, `Member must satisfy regular expression pattern: ${letters}`);
  }
  return /^aws:/i.test(key) ? `The tag key ${key} is reserved: keys that begin with aws: are AWS's own.` : null;
}

function refusal(place: string, constraint: string): string {
  return `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${constraint}`;
}
