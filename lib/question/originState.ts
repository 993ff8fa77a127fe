import type { Assumption, Origin } from "../facts/conditionKeys.js";
import { awsManagedKey, vaultContextKey, viaService } from "../facts/kms.js";
import { openTagsKey } from "../facts/planKeys.js";
import type { ContextKeyState } from "../policy/ContextKeyState.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Organization } from "../snapshot/Snapshot.js";
import type { ContextParts } from "./ContextParts.js";
import { calledVia } from "./calledVia.js";
import type { KnownKey } from "./KnownKey.js";
import { tagIn } from "./tagIn.js";

/** A key's state, and what it rests on. */
export interface Assumed {
  state: ContextKeyState;
  assumed: { assumption: Assumption; otherwise: ContextKeyState } | null;
}

const absent: ContextKeyState = { kind: "absent" };
const unknownText: ContextKeyState = { kind: "unknown", multiValued: false };
const unknownList: ContextKeyState = { kind: "unknown", multiValued: true };
const presentText: ContextKeyState = { kind: "present", multiValued: false };
const presentList: ContextKeyState = { kind: "present", multiValued: true };
const text = (value: string): ContextKeyState => ({ kind: "value", value });
const textOrAbsent = (value: string | undefined): ContextKeyState => (value === undefined ? absent : text(value));
const surely = (state: ContextKeyState): Assumed => ({ state, assumed: null });

/** A token can be issued at most 36 hours before it is used (GetSessionToken, GetFederationToken). */
const longestSession = 36 * 60 * 60 * 1000;

const principalTypes = {
  root: "Account",
  user: "User",
  "federated-user": "FederatedUser",
  role: "AssumedRole",
  "role-session": "AssumedRole",
} as const;

/**
 * The state that a cell of the context table stands for.
 *
 * @param asked.tag what follows the row's key, where it stands for all that begin so; in lower case
 */
export function originState(
  origin: Origin,
  parts: ContextParts,
  asked: { isForwarded: boolean; isList: boolean; tag: string },
): Assumed {
  if (origin === "principalTag") return principalTag(parts, asked.tag);
  return surely(plainState(origin, parts, asked));
}

function plainState(
  origin: Exclude<Origin, "principalTag">,
  parts: ContextParts,
  { isForwarded, isList, tag }: { isForwarded: boolean; isList: boolean; tag: string },
): ContextKeyState {
  const { request, caller, knownCaller, knownKey, organization } = parts;
  const { read, isAwsManaged } = knownKey;
  switch (origin) {
    case "absent":
      return absent;
    case "unknown":
      return isList ? unknownList : unknownText;
    case "present":
      return isList ? presentList : presentText;
    case "true":
    case "false":
      return text(origin);
    case "session":
      return knownCaller.isSession ? unknownText : absent;
    case "principalArn":
      return text(caller.principalArn);
    case "accountId":
    case "ownerAccount":
      return text(request.accountId);
    case "principalType":
      return text(principalTypes[knownCaller.kind]);
    case "userId":
      return userId(parts);
    case "userName":
      return knownCaller.kind === "user" ? text(knownCaller.name) : absent;
    case "principalOrgId":
    case "ownerOrgId":
      return organizationId(organization);
    case "principalOrgPaths":
    case "ownerOrgPaths":
      return organizationPaths(organization);
    case "keyAccount":
      return knownKey.isOwnerUnknown ? unknownText : text(knownKey.accountId);
    case "keyOrgId":
      return organizationId(knownKey.organization);
    case "keyOrgPaths":
      return organizationPaths(knownKey.organization);
    case "region":
      return text(request.region);
    case "currentTime":
      return text(givenTime(parts, "aws:epochtime") ?? parts.capturedAt);
    case "epochTime":
      return text(String(Math.floor(Date.parse(givenTime(parts, "aws:currenttime") ?? parts.capturedAt) / 1000)));
    case "requestTag":
      if (parts.given.has(openTagsKey) && tagIn(parts, request.backupVaultTags, tag) === undefined) return unknownText;
      return textOrAbsent(tagIn(parts, request.backupVaultTags, tag));
    case "tagKeys": {
      const keys = Object.keys(request.backupVaultTags);
      if (parts.given.has(openTagsKey)) return unknownList;
      return keys.length > 0 ? { kind: "value", value: keys } : absent;
    }
    case "calledVia":
    case "calledViaFirst":
    case "calledViaLast":
    case "calledViaBefore":
    case "calledViaFirstBefore":
      return calledVia(origin, parts, isForwarded);
    case "endpoint":
    case "sourceVpce":
      return endpointState(parts, origin === "sourceVpce", isList);
    case "sourceIp":
      return !isForwarded && isThroughEndpoint(parts) ? absent : unknownText;
    case "tokenIssueTime": {
      if (!knownCaller.isTemporary) return absent;
      const to = Date.parse(parts.capturedAt);
      return { kind: "present", multiValued: false, dates: { from: to - longestSession, to } };
    }
    case "mfaPresent":
      return knownCaller.kind === "role-session" || knownCaller.kind === "role" ? presentText : unknownText;
    case "viaService":
      return text(viaService(request.region));
    case "vaultContextKeys":
      return { kind: "value", value: [vaultContextKey] };
    case "vaultContextKeysAmongOthers":
      return { kind: "present", multiValued: true, includes: [vaultContextKey] };
    case "symmetricDefault":
      return text(awsManagedKey.keySpec);
    case "keyOrigin":
      return ofKey(read?.origin, isAwsManaged, awsManagedKey.origin);
    case "keySpec":
      return ofKey(read?.keySpec, isAwsManaged, awsManagedKey.keySpec);
    case "keyUsage":
      return ofKey(read?.keyUsage, isAwsManaged, awsManagedKey.keyUsage);
    case "multiRegion":
      return ofKey(read?.multiRegion?.toString(), isAwsManaged, String(awsManagedKey.multiRegion));
    case "multiRegionKeyType":
      if (read?.multiRegionKeyType !== undefined) return text(read.multiRegionKeyType);
      return (read?.multiRegion ?? (isAwsManaged ? awsManagedKey.multiRegion : null)) === false ? absent : unknownText;
    case "keyAliases":
      return keyAliases(knownKey);
    case "keyTag":
      return keyTag(parts, tag);
  }
}

function ofKey(read: string | undefined, isAwsManaged: boolean, published: string): ContextKeyState {
  return read !== undefined ? text(read) : isAwsManaged ? text(published) : unknownText;
}

/**
 * AIDA... of a user, ROLEID:SESSION, ACCOUNT:NAME of a federated user, the account of root. Of a role without a known
 * session only how it begins.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
function userId({ caller, request, knownCaller: { kind, name } }: ContextParts): ContextKeyState {
  if (kind === "role") {
    const id = caller.userId?.split(":")[0];
    return id === undefined ? presentText : { kind: "present", multiValued: false, beginning: `${id}:` };
  }
  if (caller.userId !== undefined) return text(caller.userId);
  if (kind === "root") return text(request.accountId);
  return kind === "federated-user" ? text(`${request.accountId}:${name}`) : unknownText;
}

/**
 * Session tags override the principal's. Where the session's were not read, that none overrides is an assumption; that
 * a tag of the principal is there in any case is none. IAM users and root have no session tags.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function principalTag(parts: ContextParts, wanted: string): Assumed {
  const {
    caller: { tags, sessionTags },
    knownCaller,
  } = parts;
  const isRead = !knownCaller.isSession || sessionTags?.status === "read" || sessionTags?.status === "none";
  const ofSession = sessionTags?.status === "read" ? tagIn(parts, sessionTags.value, wanted) : undefined;
  if (ofSession !== undefined) return surely(text(ofSession));
  if (tags.status !== "read" && tags.status !== "none") return surely(unknownText);
  const state = textOrAbsent(tags.status === "read" ? tagIn(parts, tags.value, wanted) : undefined);
  if (isRead) return surely(state);
  const otherwise = state.kind === "absent" ? unknownText : presentText;
  return { state, assumed: { assumption: "session-tags", otherwise } };
}

function organizationId(organization: Evidence<Organization>): ContextKeyState {
  if (organization.status === "none") return absent;
  return organization.status === "read" ? text(organization.value.id) : unknownText;
}

function organizationPaths(organization: Evidence<Organization>): ContextKeyState {
  if (organization.status === "none") return absent;
  const path = organization.status === "read" ? organization.value.path : null;
  return path === null ? unknownList : { kind: "value", value: [path] };
}

/** The one of aws:CurrentTime and aws:EpochTime that the context gives, as an ISO 8601 time, so that both agree. */
function givenTime({ given }: ContextParts, key: "aws:currenttime" | "aws:epochtime"): string | null {
  const value = given.get(key)?.value;
  if (typeof value !== "string") return null;
  const time = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : null;
}

/** A call through a VPC endpoint carries no aws:SourceIp; a known source address tells that it came through none. */
function endpointState(parts: ContextParts, isEndpointId: boolean, isList: boolean): ContextKeyState {
  const { vpcEndpoint } = parts.policies;
  if (vpcEndpoint.status === "none" || isKnownPresent(parts, "aws:sourceip")) return absent;
  if (vpcEndpoint.status === "read" && isEndpointId) {
    const id = vpcEndpoint.value.attachedTo;
    return id === undefined ? presentText : text(id);
  }
  return isList ? unknownList : unknownText;
}

function isThroughEndpoint(parts: ContextParts): boolean {
  if (isKnownPresent(parts, "aws:sourcevpce") || isKnownPresent(parts, "aws:sourcevpc")) return true;
  return parts.policies.vpcEndpoint.status === "read" && !parts.given.has("aws:sourcevpce");
}

function isKnownPresent({ given }: ContextParts, key: string): boolean {
  const entry = given.get(key);
  return entry !== undefined && entry.value !== null;
}

function keyAliases({ read, isAwsManaged }: KnownKey): ContextKeyState {
  const aliases = read?.aliases;
  if (aliases?.status === "read") return aliases.value.length > 0 ? { kind: "value", value: aliases.value } : absent;
  if (aliases?.status === "none") return absent;
  return isAwsManaged ? { kind: "value", value: [awsManagedKey.alias] } : unknownList;
}

function keyTag(parts: ContextParts, wanted: string): ContextKeyState {
  const tags = parts.knownKey.read?.tags;
  if (tags?.status === "read") return textOrAbsent(tagIn(parts, tags.value, wanted));
  return tags?.status === "none" ? absent : unknownText;
}
