import type { Redactor } from "./Redactor.js";

const plainTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/** When something was seen: in ISO's plainest words, which leave no room for others. */
export function redactInstant(text: string, { free }: Redactor): string {
  const time = Date.parse(text);
  if (plainTime.test(text) && !Number.isNaN(time)) return text;
  // A day without a time of day is nobody's moment of capture, and may be somebody's birthday.
  return free(text, Number.isNaN(time) || !text.includes("T") ? "redacted" : new Date(time).toISOString());
}
