import type { ContextValue } from "../policy/ContextValue.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { KnownCaller } from "./KnownCaller.js";
import type { KnownKey } from "./KnownKey.js";

/** What the context of every action is made of. */
export interface ContextParts
  extends Pick<Snapshot, "capturedAt" | "request" | "caller" | "context" | "organization" | "policies"> {
  knownCaller: KnownCaller;
  knownKey: KnownKey;
  /** `context` by name in lower case. */
  given: ReadonlyMap<string, { name: string; value: ContextValue }>;
}
