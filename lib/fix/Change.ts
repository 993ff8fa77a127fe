import type { Fix } from "../diagnosis/Diagnosis.js";
import type { PolicyLayer } from "../facts/layers.js";
import type { ContextValue } from "../policy/ContextValue.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { Obstacle } from "./obstacles.js";

/** What a change does to a snapshot, as data, so that several can be made together. */
export type Edit =
  | DocumentEdit
  | { kind: "new-policy"; layer: PolicyLayer; target: string | null; policy: Policy }
  | { kind: "key-state"; state: string }
  | { kind: "key-choice"; encryptionKeyArn: string | null }
  | { kind: "tags"; tags: Readonly<Record<string, string>> }
  | { kind: "context"; key: string; value: ContextValue };

/** Statements of one policy changed, wherever that policy is attached. Indexes are those of the document as it is. */
export interface DocumentEdit {
  kind: "document";
  /** Where the policy stands in the snapshot, as PolicyPlace.path. */
  paths: readonly string[];
  replaced: readonly { index: number; statement: object }[];
  removed: readonly number[];
  added: readonly object[];
  /** What comes of the document by this edit alone, where it was worked out before. */
  made?: { of: Policy["document"]; text: string };
}

/** A way to remove a blocker, before it is tried. */
export interface Change {
  fix: Omit<Fix, "blocker" | "verified" | "widens">;
  /** Empty where there is nothing that could be tried. */
  edits: readonly Edit[];
  /** Why it cannot be proven; null where it is to be tried. */
  obstacle: Obstacle | null;
  /** Offered only where no way before it is proven. */
  isFallback: boolean;
  /** Of a policy that is made in the place of another one: that one's text. */
  before?: string;
  /** What it also allows that no document tells: who else a shared policy is attached to. */
  alsoWidens: readonly string[];
}
