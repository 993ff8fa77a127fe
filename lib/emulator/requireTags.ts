import type { Call, ServiceName } from "./Call.js";
import { objectsOf, tagsOf, textMapOf } from "./input.js";
import { ServiceError } from "./ServiceError.js";

const mostTags = 50;
const longestKey = 128;
const longestValue = 256;

/** How each service refuses a tag that cannot be, and too many of them. */
const codes: Record<ServiceName, { invalid: string; tooMany: string }> = {
  backup: { invalid: "InvalidParameterValueException", tooMany: "InvalidParameterValueException" },
  iam: { invalid: "ValidationError", tooMany: "ValidationError" },
  sts: { invalid: "ValidationError", tooMany: "ValidationError" },
  kms: { invalid: "TagException", tooMany: "LimitExceededException" },
  cloudtrail: { invalid: "InvalidParameterCombinationException", tooMany: "TagsLimitExceededException" },
  organizations: { invalid: "InvalidInputException", tooMany: "ConstraintViolationException" },
};

/**
 * Refuses tags that no service takes: longer than 128 and 256 characters, more than 50, twice the same, or of AWS's own.
 *
 * @throws ServiceError
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function requireTags({ service, input }: Call): void {
  const given = { ...tagsOf(input), ...textMapOf(input, "Tags"), ...textMapOf(input, "BackupVaultTags") };
  const { invalid, tooMany } = codes[service];
  const names = Object.keys(given);
  if (names.length > mostTags) {
    throw new ServiceError(tooMany, `The number of tags exceeds the maximum of ${mostTags}: ${names.length}.`);
  }
  // IAM and STS take letter case for no difference.
  const different = new Set(service === "iam" || service === "sts" ? names.map((name) => name.toLowerCase()) : names);
  if (Math.max((objectsOf(input, "Tags") ?? []).length, names.length) > different.size) {
    const code = service === "sts" ? "InvalidParameterValue" : invalid;
    throw new ServiceError(code, "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  for (const [key, value] of Object.entries(given)) {
    const wrong = wrongTag(key, value);
    if (wrong !== null) throw new ServiceError(invalid, wrong);
  }
}

function wrongTag(key: string, value: string): string | null {
  if (key.length < 1 || key.length > longestKey) {
    return `1 validation error detected: a tag's key failed to satisfy constraint: Member must have length between 1 and ${longestKey}`;
  }
  if (value.length > longestValue) {
    return `1 validation error detected: the value of the tag ${key} failed to satisfy constraint: Member must have length less than or equal to ${longestValue}`;
  }
  return /^aws:/i.test(key) ? `The tag key ${key} is reserved: keys that begin with aws: are AWS's own.` : null;
}
