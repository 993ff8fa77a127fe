import type { Call } from "./Call.js";
import { numberOf, textOf } from "./input.js";
import { ServiceError } from "./ServiceError.js";

/** One page of an IAM list. The marker is an offset, as IAM's simulator was seen to use. */
export function page<T>({ input }: Call, all: readonly T[]): { items: T[]; IsTruncated: boolean; Marker?: string } {
  const size = numberOf(input, "MaxItems") ?? 100;
  if (size > 1000 || size < 1) {
    const bound = size < 1 ? "greater than or equal to 1" : "less than or equal to 1000";
    throw new ServiceError(
      "ValidationError",
      `1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const marker = textOf(input, "Marker");
  if (marker !== undefined && !/^\d+$/.test(marker)) {
    throw new ServiceError("InvalidInput", "Invalid marker for pagination.");
  }
  const start = Number(marker ?? 0);
  const end = start + size;
  const truncated = end < all.length;
  return { items: all.slice(start, end), IsTruncated: truncated, ...(truncated && { Marker: String(end) }) };
}
