import type { ContextValue } from "../policy/ContextValue.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** What the snapshot's own `context` says of a key, whatever the letter case; undefined where it says nothing. */
export function contextEntry(snapshot: Snapshot, key: string): { name: string; value: ContextValue } | undefined {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(snapshot.context)) {
    if (name.toLowerCase() === wanted) return { name, value };
  }
  return undefined;
}
