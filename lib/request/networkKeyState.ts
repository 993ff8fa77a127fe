import type { KeyState } from "../policy/KeyState.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { callKind } from "./callKind.js";
import { contextEntry } from "./contextEntry.js";

const vpcKeys = new Set([
  "aws:sourcevpc",
  "aws:sourcevpcarn",
  "aws:sourcevpce",
  "aws:vpcsourceip",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
]);

/**
 * Where the call comes from. A call through a VPC endpoint carries no aws:SourceIp; a forwarded call keeps a public
 * source address and loses what the endpoint added. Null: the key is none of these. `key` is in lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function networkKeyState(snapshot: Snapshot, action: string, key: string): KeyState | null {
  const own = callKind(action) === "own";
  if (key === "aws:sourceip") {
    return own && throughEndpoint(snapshot) ? { kind: "absent" } : { kind: "unknown", multiValued: false };
  }
  if (!vpcKeys.has(key)) return null;
  const { vpcEndpoint } = snapshot.policies;
  if (!own || vpcEndpoint.status === "none" || isKnownPresent(snapshot, "aws:SourceIp")) return { kind: "absent" };
  if (vpcEndpoint.status === "read" && key === "aws:sourcevpce") {
    const id = vpcEndpoint.value.attachedTo;
    return id === undefined ? { kind: "present", multiValued: false } : { kind: "value", value: id };
  }
  return { kind: "unknown", multiValued: key === "aws:vpceorgpaths" };
}

function throughEndpoint(snapshot: Snapshot): boolean {
  if (isKnownPresent(snapshot, "aws:SourceVpce") || isKnownPresent(snapshot, "aws:SourceVpc")) return true;
  return snapshot.policies.vpcEndpoint.status === "read" && contextEntry(snapshot, "aws:SourceVpce") === undefined;
}

function isKnownPresent(snapshot: Snapshot, key: string): boolean {
  const entry = contextEntry(snapshot, key);
  return entry !== undefined && entry.value !== null;
}
