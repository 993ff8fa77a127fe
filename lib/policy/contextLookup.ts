import type { ContextValue } from "./ContextValue.js";
import type { ContextLookup, KeyState } from "./KeyState.js";

/** The keys that are multi-valued even with one value (contract, section 3), and AWS's other lists of this kind. */
const alwaysLists: ReadonlySet<string> = new Set([
  "aws:tagkeys",
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:vpceorgpaths",
  "aws:principalservicenameslist",
  "kms:encryptioncontextkeys",
  "kms:grantoperations",
  "kms:resourcealiases",
]);

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
    const multiValued = alwaysLists.has(lower);
    const entry = listed.get(lower);
    if (entry !== undefined) return { name: entry.name, state: stateOf(entry.value, multiValued) };
    const name = met.get(lower) ?? key;
    met.set(lower, name);
    return { name, state: unlisted === "absent" ? { kind: "absent" } : { kind: "unknown", multiValued } };
  };
}

function stateOf(value: ContextValue, multiValued: boolean): KeyState {
  if (value === null) return { kind: "absent" };
  if (typeof value === "string") return { kind: "value", value: multiValued ? [value] : value };
  return Array.isArray(value) ? { kind: "value", value } : { kind: "present", multiValued };
}
