import type { Call } from "./Call.js";
import { numberOf, textOf } from "./input.js";
import { ServiceError } from "./ServiceError.js";

/** One page of a KMS list. */
export function limitedPage<T>(
  { input }: Call,
  all: readonly T[],
  byDefault: number,
): { items: T[]; Truncated: boolean; NextMarker?: string } {
  const size = numberOf(input, "Limit") ?? byDefault;
  const marker = textOf(input, "Marker");
  if (marker !== undefined && !/^\d+$/.test(marker)) {
    throw new ServiceError("InvalidMarkerException", "The marker is not valid.");
  }
  if (size < 1 || size > 1000) {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${size}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 1000`,
    );
  }
  const start = Number(marker ?? 0);
  const end = start + size;
  const truncated = end < all.length;
  return { items: all.slice(start, end), Truncated: truncated, ...(truncated && { NextMarker: String(end) }) };
}

/**
 * One page of a list of AWS Backup (1 to 1,000 items) or Organizations (1 to 20).
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupVaults.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
export function tokenPage<T>(
  { input, service }: Call,
  all: readonly T[],
  byDefault: number,
): { items: T[]; NextToken?: string } {
  const size = numberOf(input, "MaxResults") ?? numberOf(input, "maxResults") ?? byDefault;
  const most = service === "organizations" ? 20 : 1000;
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new ServiceError(
      service === "organizations" ? "InvalidInputException" : "InvalidParameterValueException",
      `Invalid MaxResults: expected 1 to ${most}, found ${size}.`,
      400,
      service === "organizations" ? { Reason: "MAX_VALUE_EXCEEDED" } : {},
    );
  }
  const token = textOf(input, "NextToken") ?? textOf(input, "nextToken");
  if (token !== undefined && !/^\d+$/.test(token)) {
    throw new ServiceError(
      "InvalidInputException",
      "You provided a value that does not match the required pattern.",
      400,
      {
        Reason: "INVALID_NEXT_TOKEN",
      },
    );
  }
  const start = Number(token ?? 0);
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length && { NextToken: String(end) }) };
}
