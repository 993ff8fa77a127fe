import { callKeys, endpointKeys, timeKeys } from "../facts/conditionKeys.js";
import type { ContextLookup } from "../policy/ContextKeyState.js";

/** Of other calls it is not known from where, when, how and with which tags they are made. */
export function elsewhere(lookup: ContextLookup): ContextLookup {
  return (key) => {
    if (!isOfCall(key)) return lookup(key);
    return { name: key, state: { kind: "unknown", multiValued: key.toLowerCase() === "aws:tagkeys" } };
  };
}

/** Whether a key tells of the single call what another one need not have. */
export function isOfCall(key: string): boolean {
  const lower = key.toLowerCase();
  return endpointKeys.has(lower) || timeKeys.has(lower) || callKeys.test(lower);
}
