import type { ContextValue } from "../policy/ContextValue.js";
import type { ContextLookup, KeyState } from "../policy/KeyState.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Assumption } from "./assumptions.js";
import { callerKeyState } from "./callerKeyState.js";
import { callKind } from "./callKind.js";
import { contextEntry } from "./contextEntry.js";
import { keyNames, multiValuedKeys } from "./keyNames.js";
import { kmsKeyState } from "./kmsKeyState.js";
import { networkKeyState } from "./networkKeyState.js";
import { requestKeyState } from "./requestKeyState.js";

/** Absent, whatever the context says, on the calls that AWS Backup forwards (contract, section 3). */
const neverForwarded = new Set([
  "aws:sourcevpc",
  "aws:sourcevpcarn",
  "aws:sourcevpce",
  "aws:vpcsourceip",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
  "aws:tagkeys",
]);

const spelling = new Map<string, string>(keyNames.map((name) => [name.toLowerCase(), name]));

/**
 * The context that an action is evaluated with: what is known of every condition key, by the table of the contract's
 * section 3. The snapshot's own `context` wins over the table.
 *
 * @param without assumptions of that table that are not to be made: what rests on them becomes unknown
 */
export function contextFor(
  snapshot: Snapshot,
  action: string,
  without: ReadonlySet<Assumption> = new Set(),
): ContextLookup {
  const states = new Map<string, { name: string; state: KeyState }>();
  return (key) => {
    const lower = key.toLowerCase();
    let found = states.get(lower);
    if (found === undefined) {
      const name = spelling.get(lower) ?? contextEntry(snapshot, lower)?.name ?? key;
      found = { name, state: stateOf(snapshot, action, lower, without) };
      states.set(lower, found);
    }
    return found;
  };
}

function stateOf(snapshot: Snapshot, action: string, key: string, without: ReadonlySet<Assumption>): KeyState {
  const given = givenState(snapshot, action, key);
  if (given !== null) return given;
  return (
    requestKeyState(snapshot, action, key, without) ??
    networkKeyState(snapshot, action, key) ??
    kmsKeyState(snapshot, action, key, without) ??
    callerKeyState(snapshot, key, without) ?? { kind: "unknown", multiValued: multiValuedKeys.has(key) }
  );
}

/** What the snapshot's context says of a key for this call; null where it says nothing, or nothing of this call. */
function givenState(snapshot: Snapshot, action: string, key: string): KeyState | null {
  const kind = callKind(action);
  const entry = contextEntry(snapshot, key);
  if (entry === undefined) return null;
  if ((key.startsWith("kms:") || key.startsWith("aws:resourcetag/")) && kind !== "kms") return null;
  if (kind !== "own") {
    if (neverForwarded.has(key) || key.startsWith("aws:requesttag/")) return null;
    if (key === "aws:viaawsservice" || key.startsWith("aws:calledvia")) return null;
  }
  return keyStateOf(entry.value, multiValuedKeys.has(key));
}

/** A given value as a state; a key that is always a list takes a single text as a list of one. */
export function keyStateOf(value: ContextValue, multiValued: boolean): KeyState {
  if (value === null) return { kind: "absent" };
  if (typeof value === "string") return { kind: "value", value: multiValued ? [value] : value };
  if (Array.isArray(value)) return { kind: "value", value };
  return { kind: "present", multiValued };
}
