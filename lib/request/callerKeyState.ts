import { parseCallerArn } from "../caller/parseCallerArn.js";
import type { KeyState } from "../policy/KeyState.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Assumption } from "./assumptions.js";
import { organizationState } from "./requestKeyState.js";
import { usesTemporaryCredentials } from "./usesTemporaryCredentials.js";

const absent: KeyState = { kind: "absent" };
const unknown: KeyState = { kind: "unknown", multiValued: false };
const value = (text: string): KeyState => ({ kind: "value", value: text });

/** A token can be issued at most 36 hours before it is used (GetSessionToken, GetFederationToken). */
const longestSession = 36 * 60 * 60 * 1000;

const principalTypes = {
  root: "Account",
  user: "User",
  "federated-user": "FederatedUser",
  role: "AssumedRole",
  "role-session": "AssumedRole",
} as const;

/** Keys that only service principals, or services acting for another resource, carry. */
const servicePrincipalKeys = new Set([
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:principalservicename",
  "aws:principalservicenameslist",
  "aws:assumedroot",
]);

/** Keys that a session can carry and long-term credentials cannot. */
const sessionKeys = new Set([
  "aws:sourceidentity",
  "aws:federatedprovider",
  "aws:ec2instancesourcevpc",
  "aws:ec2instancesourceprivateipv4",
  "ec2:sourceinstancearn",
  "ec2:roledelivery",
  "lambda:sourcefunctionarn",
  "ssm:sourceinstancearn",
  "glue:roleassumedby",
  "glue:credentialissuingservice",
]);

/**
 * Keys of the caller, and, for every key of another service, whether a session could carry it. Null: the key is none of
 * these. `key` is in lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerKeyState(snapshot: Snapshot, key: string, without: ReadonlySet<Assumption>): KeyState | null {
  const { caller, request } = snapshot;
  const parsed = parseCallerArn(caller.arn);
  const kind = parsed?.kind ?? "user";
  const isSession = kind === "role-session" || kind === "role" || kind === "federated-user";
  if (key.startsWith("aws:principaltag/")) {
    return principalTag(snapshot, key.slice("aws:principaltag/".length), isSession, without);
  }
  if (servicePrincipalKeys.has(key)) return absent;
  if (sessionKeys.has(key)) return isSession ? unknown : absent;
  switch (key) {
    case "aws:principalarn":
      return value(caller.principalArn);
    case "aws:principalaccount":
      return value(request.accountId);
    case "aws:principaltype":
      return value(principalTypes[kind]);
    case "aws:principalisawsservice":
      return value("false");
    case "aws:userid":
      return userId(snapshot, kind, parsed?.name);
    case "aws:username":
      return kind === "user" && parsed !== null ? value(parsed.name) : absent;
    case "aws:principalorgid":
      return organizationState(snapshot.organization, "id");
    case "aws:principalorgpaths":
      return organizationState(snapshot.organization, "paths");
    case "aws:tokenissuetime":
      return usesTemporaryCredentials(snapshot) ? issuedRecently(snapshot) : absent;
    case "aws:multifactorauthpresent":
      return kind === "role-session" || kind === "role" ? { kind: "present", multiValued: false } : unknown;
    case "aws:multifactorauthage":
      return unknown;
    default:
      return otherService(key, isSession);
  }
}

function issuedRecently(snapshot: Snapshot): KeyState {
  const to = Date.parse(snapshot.capturedAt);
  return { kind: "present", multiValued: false, dates: { from: to - longestSession, to } };
}

function userId(snapshot: Snapshot, kind: string, name: string | undefined): KeyState {
  const { caller, request } = snapshot;
  if (caller.userId !== undefined) return value(caller.userId);
  if (kind === "root") return value(request.accountId);
  if (kind === "federated-user") return value(`${request.accountId}:${name ?? ""}`);
  return unknown;
}

/**
 * Session tags override the principal's. Where the session's were not read, that none overrides is an assumption; IAM
 * users and root have none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function principalTag(
  snapshot: Snapshot,
  wanted: string,
  isSession: boolean,
  without: ReadonlySet<Assumption>,
): KeyState {
  const { tags, sessionTags } = snapshot.caller;
  const sessionRead = !isSession || sessionTags?.status === "read" || sessionTags?.status === "none";
  if (sessionTags?.status === "read") {
    const tag = tagIn(sessionTags.value, wanted);
    if (tag !== undefined) return value(tag);
  }
  if (!sessionRead && without.has("session-tags")) return unknown;
  switch (tags.status) {
    case "read": {
      const tag = tagIn(tags.value, wanted);
      return tag === undefined ? absent : value(tag);
    }
    case "none":
      return absent;
    case "unreadable":
    case "notRead":
      return unknown;
  }
}

/** Tag keys in condition keys are compared without regard to case. */
export function tagIn(tags: Record<string, string>, wanted: string): string | undefined {
  for (const [name, text] of Object.entries(tags)) {
    if (name.toLowerCase() === wanted) return text;
  }
  return undefined;
}

/**
 * Keys of other services are absent from calls of AWS Backup and KMS, but for those that an identity provider put into
 * the session: SAML's, Identity Center's, and OpenID Connect's, whose prefix is the provider's host name.
 */
function otherService(key: string, isSession: boolean): KeyState | null {
  const service = key.slice(0, Math.max(0, key.indexOf(":")));
  if (service === "aws" || service === "kms") return null;
  if (isSession && (service === "saml" || service === "identitystore" || service.includes("."))) return unknown;
  return absent;
}
