import { isNotKnown } from "./NotKnown.js";

/** A JSON object, and none of what only looks like one. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isNotKnown(value);
}

/** The same; null where it is none. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return isRecord(value) ? value : null;
}

/** An object's own field: of what names from files are looked up by, JavaScript's own are none. */
export function fieldOf(value: unknown, name: string): unknown {
  const record = asRecord(value);
  return record !== null && Object.hasOwn(record, name) ? record[name] : undefined;
}
