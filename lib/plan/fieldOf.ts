import { isNotKnown } from "./NotKnown.js";

/** A JSON object, and none of what only looks like one. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isNotKnown(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** An object's own field: of what names from files are looked up by, JavaScript's own are none. */
export function fieldOf(value: unknown, name: string): unknown {
  const record = asRecord(value);
  return record !== null && Object.hasOwn(record, name) ? record[name] : undefined;
}
