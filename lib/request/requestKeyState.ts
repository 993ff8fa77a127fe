import type { KeyState } from "../policy/KeyState.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Organization, Snapshot } from "../snapshot/Snapshot.js";
import type { Assumption } from "./assumptions.js";
import { callKind } from "./callKind.js";
import { contextEntry } from "./contextEntry.js";
import { keyOf } from "./keyOf.js";

const absent: KeyState = { kind: "absent" };
const backupService = "backup.amazonaws.com";

/**
 * Keys of the request itself: its Region, time, tags, the resource's owner, and through which services it came.
 * Null: the key is none of these. `key` is in lower case.
 */
export function requestKeyState(
  snapshot: Snapshot,
  action: string,
  key: string,
  without: ReadonlySet<Assumption>,
): KeyState | null {
  const { request, capturedAt } = snapshot;
  const kind = callKind(action);
  if (key.startsWith("aws:requesttag/")) {
    return kind === "own" ? requestTag(request.backupVaultTags, key.slice("aws:requesttag/".length)) : absent;
  }
  if (key.startsWith("aws:calledvia")) return calledVia(snapshot, kind !== "own", key, without);
  switch (key) {
    case "aws:requestedregion":
      return value(request.region);
    case "aws:currenttime":
      return value(contextTime(snapshot, "aws:EpochTime") ?? capturedAt);
    case "aws:epochtime": {
      const time = Date.parse(contextTime(snapshot, "aws:CurrentTime") ?? capturedAt);
      return value(String(Math.floor(time / 1000)));
    }
    case "aws:securetransport":
      return value("true");
    case "aws:viaawsservice":
      return value(kind === "own" ? "false" : "true");
    case "aws:tagkeys": {
      const keys = Object.keys(request.backupVaultTags);
      return kind === "own" && keys.length > 0 ? { kind: "value", value: keys } : absent;
    }
    case "aws:resourceaccount":
    case "aws:resourceorgid":
    case "aws:resourceorgpaths":
      return resourceOwner(snapshot, kind, key, without);
    default:
      return null;
  }
}

const value = (text: string): KeyState => ({ kind: "value", value: text });

/** The one of aws:CurrentTime and aws:EpochTime that the context gives, as an ISO 8601 time, so that both agree. */
function contextTime(snapshot: Snapshot, key: "aws:CurrentTime" | "aws:EpochTime"): string | null {
  const given = contextEntry(snapshot, key)?.value;
  if (typeof given !== "string") return null;
  const time = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given);
  return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : null;
}

function requestTag(tags: Record<string, string>, wanted: string): KeyState {
  for (const [name, text] of Object.entries(tags)) {
    if (name.toLowerCase() === wanted) return value(text);
  }
  return absent;
}

function resourceOwner(snapshot: Snapshot, kind: string, key: string, without: ReadonlySet<Assumption>): KeyState {
  if (kind === "storage" && without.has("storage-account")) {
    return { kind: "unknown", multiValued: key === "aws:resourceorgpaths" };
  }
  const owner =
    kind === "kms" ? keyOf(snapshot) : { accountId: snapshot.request.accountId, organization: snapshot.organization };
  if (key === "aws:resourceaccount") return value(owner.accountId);
  return organizationState(owner.organization, key === "aws:resourceorgid" ? "id" : "paths");
}

/** An organization's id or path as a key: absent in no organization, unknown where it was not read. */
export function organizationState(organization: Evidence<Organization>, part: "id" | "paths"): KeyState {
  const multiValued = part === "paths";
  switch (organization.status) {
    case "none":
      return absent;
    case "read": {
      const { id, path } = organization.value;
      if (part === "id") return value(id);
      return path === null ? { kind: "unknown", multiValued } : { kind: "value", value: [path] };
    }
    case "unreadable":
    case "notRead":
      return { kind: "unknown", multiValued };
  }
}

/**
 * The services that the call came through: what the context says of the caller's own call, and AWS Backup behind them
 * on forwarded calls.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
function calledVia(
  snapshot: Snapshot,
  forwarded: boolean,
  key: string,
  without: ReadonlySet<Assumption>,
): KeyState | null {
  const given = contextEntry(snapshot, "aws:CalledVia")?.value ?? null;
  const own = typeof given === "string" ? [given] : given;
  const before = Array.isArray(own) ? own : [];
  const beforeUnknown = own !== null && !Array.isArray(own);
  const assumed = forwarded && !without.has("called-via");
  const chain = assumed ? [...before, backupService] : before;

  switch (key) {
    case "aws:calledvia":
      if (beforeUnknown) return { kind: "present", multiValued: true };
      if (forwarded && !assumed) return before.length > 0 ? { kind: "present", multiValued: true } : unknownList;
      return chain.length > 0 ? { kind: "value", value: chain } : absent;
    case "aws:calledviafirst":
      if (beforeUnknown) return { kind: "present", multiValued: false };
      if (forwarded && !assumed && before.length === 0) return unknownText;
      return textOrAbsent(chain[0]);
    case "aws:calledvialast":
      if (forwarded && !assumed) return unknownText;
      if (beforeUnknown && !forwarded) return { kind: "present", multiValued: false };
      return textOrAbsent(chain.at(-1));
    default:
      return null;
  }
}

const unknownList: KeyState = { kind: "unknown", multiValued: true };
const unknownText: KeyState = { kind: "unknown", multiValued: false };
const textOrAbsent = (text: string | undefined): KeyState => (text === undefined ? absent : value(text));
