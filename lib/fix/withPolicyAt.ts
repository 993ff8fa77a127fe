import type { Policy, Snapshot } from "../snapshot/Snapshot.js";

/** The snapshot with another policy in the place of one; the rest is shared with the old one. */
export function withPolicyAt(snapshot: Snapshot, path: string, policy: Policy): Snapshot {
  return replacedAt(snapshot, keysOfPath(path), policy) as Snapshot;
}

function keysOfPath(path: string): string[] {
  return path.match(/[^.[\]]+/g) ?? [];
}

/** A copy in which one part is another; evidence is stepped into. */
function replacedAt(node: unknown, keys: readonly string[], value: Policy): unknown {
  if (isRead(node)) return { ...node, value: replacedAt(node.value, keys, value) };
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(node))
    return node.map((item, index) => (String(index) === key ? replacedAt(item, rest, value) : item));
  return typeof node === "object" && node !== null
    ? { ...node, [key]: replacedAt((node as Record<string, unknown>)[key], rest, value) }
    : node;
}

function isRead(node: unknown): node is { status: "read"; value: unknown } {
  return typeof node === "object" && node !== null && "status" in node && node.status === "read" && "value" in node;
}
