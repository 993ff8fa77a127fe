import { readFileSync } from "node:fs";

/** A way in which a snapshot is malformed, and what its reader is told. */
export interface MalformedSnapshot {
  name: string;
  /**
   * The path in the specification's `allowed` example that is changed: to `to`, or taken away where there is no `to`.
   */
  set: string;
  to?: unknown;
  /** The path that the error names. */
  path: string;
  /** What the error says was expected; left out where something is missing. */
  expected?: string;
  missing?: boolean;
  /** A check by hand that has no counterpart in JSON Schema. */
  schemaAccepts?: boolean;
  /** The code does not do it yet: the finding is written down elsewhere. */
  pending?: boolean;
}

export const malformedSnapshots = JSON.parse(
  readFileSync(`${import.meta.dirname}/malformed.json`, "utf8"),
) as MalformedSnapshot[];

/** The specification's `allowed` example with that one change. */
export function malformed({ set, to }: MalformedSnapshot): object {
  const snapshot = JSON.parse(exampleText("allowed")) as Record<string, unknown>;
  const names = set.match(/[^.[\]]+/g) ?? [];
  const last = names.pop();
  let node = snapshot;
  for (const name of names) node = node[name] as Record<string, unknown>;
  if (last === undefined) throw new Error("a malformed snapshot changes something");
  if (to === undefined) delete node[last];
  else node[last] = to;
  return snapshot;
}

/** The text of one of the specification's examples. */
export function exampleText(name: string): string {
  return readFileSync(`${import.meta.dirname}/../examples/${name}.snapshot.json`, "utf8");
}

/** The names of the specification's examples. */
export const exampleNames = [
  "allowed",
  "boundary-lacks-backup-storage",
  "denial-message-names-policy",
  "key-policy-names-nobody",
  "mountcapsule-missing",
  "network-perimeter",
  "service-control-policy-denies",
];
