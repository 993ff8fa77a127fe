import { listKeys } from "../facts/conditionKeys.js";
import type { ContextKeyState, ContextLookup } from "./ContextKeyState.js";
import type { ContextValue } from "./ContextValue.js";

/**
 * Looks keys up in a context that a caller gave, without regard to letter case.
 *
 * @param unlisted what a key is that the context does not list
 */
export function contextLookup(
  context: Readonly<Record<string, ContextValue>>,
  unlisted: "unknown" | "absent",
): ContextLookup {
  const listed = new Map(Object.entries(context).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  // Two spellings are one key: it is told as it was first met.
  const met = new Map<string, string>();
  return (key) => {
    const lower = key.toLowerCase();
    const multiValued = listKeys.has(lower);
    const entry = listed.get(lower);
    if (entry !== undefined) return { name: entry.name, state: givenKeyState(entry.value, multiValued) };
    const name = met.get(lower) ?? key;
    met.set(lower, name);
    return { name, state: unlisted === "absent" ? { kind: "absent" } : { kind: "unknown", multiValued } };
  };
}

/** A given value as a state; a key that is always a list takes a single text as a list of one. */
export function givenKeyState(value: ContextValue, multiValued: boolean): ContextKeyState {
  if (value === null) return { kind: "absent" };
  if (typeof value === "string") return { kind: "value", value: multiValued ? [value] : value };
  return Array.isArray(value) ? { kind: "value", value } : { kind: "present", multiValued };
}
