import { foundOnce } from "../foundOnce.js";
import { notKnown } from "../NotKnown.js";
import type { ResourceChange } from "./terraformPlanSchema.js";

/** What a resource will be, with what the apply alone will tell marked as that; null where it will be no more. */
export const plannedValues = foundOnce(({ address, change }: ResourceChange): unknown =>
  change.after === null || change.after === undefined ? null : merged(change.after, change.after_unknown, address),
);

/** Bounded by the depth of the document, which was checked when it was read. */
function merged(value: unknown, unknown: unknown, address: string): unknown {
  if (unknown === true) return notKnown(address);
  if (typeof unknown !== "object" || unknown === null) return value;
  if (Array.isArray(unknown)) {
    const items = Array.isArray(value) ? value : [];
    const length = Math.max(items.length, unknown.length);
    return Array.from({ length }, (_, at) => merged(items[at], unknown[at], address));
  }
  const record = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const names = new Set([...Object.keys(record), ...Object.keys(unknown)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      merged(
        Object.hasOwn(record, name) ? record[name] : undefined,
        Object.hasOwn(unknown, name) ? (unknown as Record<string, unknown>)[name] : undefined,
        `${address}.${name}`,
      ),
    ]),
  );
}
