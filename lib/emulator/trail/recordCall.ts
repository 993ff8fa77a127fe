import { randomUUID } from "node:crypto";
import { backupServicePrincipal } from "../../facts/kms.js";
import { arnOf } from "../arnOf.js";
import { boundedInput } from "../boundedInput.js";
import type { Call, Input, Output } from "../Call.js";
import { isObject, textOf } from "../input.js";
import { keptInput, withoutSecrets } from "../keptInput.js";
import { keyByName } from "../keys.js";
import type { ServiceError } from "../ServiceError.js";
import type { Session } from "../Session.js";
import type { TrailRecord, UserIdentity } from "./TrailRecord.js";

/** So many events are kept; the oldest go first. */
const mostRecords = 10_000;

/** So many letters of a message it keeps. */
const longestMessage = 1024;
const longestArn = 2048;

/** What came of a call. */
export interface Recorded {
  service: string;
  eventName: string;
  error: ServiceError | null;
  requestParameters: Record<string, unknown> | null;
  responseElements?: Record<string, unknown> | null;
  additionalEventData?: Record<string, unknown>;
  /** ARN of the KMS key that the call was about. */
  keyArn?: string | undefined;
  /** ARN of the role that was assumed. */
  roleArn?: string | undefined;
  /** Left out: the session's. */
  identity?: UserIdentity | undefined;
  /** AWS Backup made the call with the caller's session. */
  forwarded?: true;
}

/** Records a call that the caller made itself, by the wire's own input and answer. */
export function recordCall(call: Call, output: Output | undefined, error: ServiceError | null): void {
  const { service, operation, input, state, session, region } = call;
  const named = typeof input.KeyId === "string" ? keyByName(state.world, input.KeyId, session.accountId, region) : null;
  const told = isObject(output?.KeyMetadata) ? output.KeyMetadata.Arn : output?.KeyId;
  const keyArn = named?.arn ?? (typeof told === "string" && told.startsWith("arn:") ? told : undefined);
  recordEvent(call, {
    service,
    eventName: operation,
    error,
    identity: session.kind === "anonymous" ? webIdentity(output) : undefined,
    requestParameters: Object.keys(input).length === 0 ? null : parametersOf(keptInput(call, error === null)),
    responseElements: error === null && !isReadOnly(operation) && output ? responseOf(output) : null,
    keyArn: service === "kms" ? keyArn : undefined,
    roleArn: operation === "AssumeRole" ? textOf(input, "RoleArn")?.slice(0, longestArn) : undefined,
  });
}

/**
 * Adds an event to the account's trail, and to that of the key's or role's owner where it is another and let the call pass. A
 * forwarded call stands under the caller's own identity, as made by the service.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export function recordEvent(call: Call, made: Recorded): void {
  const record = recordOf(call, made);
  const [resource] = record.resources ?? [];
  const isShared = made.error === null && resource !== undefined && resource.accountId !== call.session.accountId;
  const shared = isShared ? { sharedEventID: randomUUID() } : {};
  push(call, { ...record, ...shared });
  if (isShared) push(call, { ...record, ...shared, ...asOwnerSeesIt(record, resource.accountId) });
}

/** Who of another account made a call, its owner learns by account and unique id alone (aws-behaviour, cloudtrail-owner). */
function asOwnerSeesIt({ userIdentity }: TrailRecord, recipientAccountId: string): Partial<TrailRecord> {
  const { principalId, accountId, invokedBy } = userIdentity;
  const identity = {
    principalId,
    ...(accountId !== undefined && { accountId }),
    ...(invokedBy !== undefined && { invokedBy }),
  };
  return { userIdentity: { type: "AWSAccount", ...identity }, eventID: randomUUID(), recipientAccountId };
}

function push({ state }: Call, record: TrailRecord): void {
  state.trail.push({ record, at: Date.now() });
  if (state.trail.length > mostRecords) state.trail.splice(0, state.trail.length - mostRecords);
}

function recordOf({ session, region, sourceIp, userAgent, requestId }: Call, made: Recorded): TrailRecord {
  const { service, eventName, error, requestParameters, responseElements = null, additionalEventData } = made;
  const isGlobal = service === "iam" || service === "organizations";
  return {
    eventVersion: "1.11",
    userIdentity: {
      ...(made.identity ?? identityOf(session)),
      ...(made.forwarded && { invokedBy: backupServicePrincipal }),
    },
    eventTime: new Date().toISOString().replace(/\.\d{3}Z$/, "Z"),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: isGlobal ? "us-east-1" : region,
    sourceIPAddress: made.forwarded ? backupServicePrincipal : sourceIp,
    userAgent: made.forwarded ? backupServicePrincipal : userAgent,
    ...(error !== null && {
      errorCode: /^AccessDenied(Exception)?$/.test(error.code) ? "AccessDenied" : error.code,
      errorMessage: error.message.slice(0, longestMessage),
    }),
    requestParameters,
    responseElements,
    ...(additionalEventData !== undefined && { additionalEventData }),
    requestID: made.forwarded ? randomUUID() : requestId,
    eventID: randomUUID(),
    readOnly: isReadOnly(eventName),
    ...resourcesOf(made),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: session.accountId,
    eventCategory: "Management",
  };
}

function resourcesOf({ keyArn, roleArn }: Recorded): Pick<TrailRecord, "resources"> {
  const ARN = keyArn ?? roleArn;
  if (ARN === undefined) return {};
  const type = keyArn === undefined ? "AWS::IAM::Role" : "AWS::KMS::Key";
  return { resources: [{ accountId: arnOf(ARN).accountId, type, ARN }] };
}

function isReadOnly(eventName: string): boolean {
  return /^(Get|List|Describe|Lookup|Simulate|Assume|Decrypt|Encrypt|GenerateDataKey)/.test(eventName);
}

/** Null where the answer has no members. */
function responseOf(output: Output): Record<string, unknown> | null {
  const told = parametersOf(boundedInput(output));
  return Object.keys(told).length === 0 ? null : told;
}

/** Members whose own members have names that the caller chose. */
const maps = new Set([
  "EncryptionContext",
  "EncryptionContextEquals",
  "EncryptionContextSubset",
  "BackupVaultTags",
  "Tags",
]);

/**
 * An input's or answer's members as CloudTrail writes their names, beginning with a small letter, and without secrets.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/ct-creategrant.html
 */
function parametersOf(members: Input): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(withoutSecrets(members))
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        maps.has(name) && isObject(value) ? value : shownValue(value),
      ]),
  );
}

function shownValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownValue);
  return isObject(value) && !(value instanceof Date) ? parametersOf(value) : value;
}

const identityTypes = {
  root: "Root",
  user: "IAMUser",
  "role-session": "AssumedRole",
  "federated-user": "FederatedUser",
  anonymous: "WebIdentityUser",
} as const;

/** Who came by a provider's token; of a refused one, nothing is known. */
function webIdentity(output: Output | undefined): UserIdentity {
  const told = output ?? {};
  const provider = textOf(told, "Provider");
  const subject = textOf(told, "SubjectFromWebIdentityToken") ?? "";
  if (provider === undefined) return { type: "WebIdentityUser", principalId: "" };
  return {
    type: "WebIdentityUser",
    principalId: `${provider}:${textOf(told, "Audience") ?? ""}:${subject}`,
    userName: subject,
    identityProvider: provider,
  };
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function identityOf(session: Session): UserIdentity {
  const { kind, userId, arn, accountId, accessKeyId, principalArn, principalName, issuerArn } = session;
  const issuer = kind === "role-session" ? principalArn : issuerArn;
  return {
    type: identityTypes[kind],
    principalId: userId,
    arn,
    accountId,
    accessKeyId,
    ...(kind === "user" && { userName: principalName }),
    ...(session.sessionToken !== null && {
      sessionContext: {
        ...(issuer !== null && {
          sessionIssuer: {
            type: kind === "role-session" ? ("Role" as const) : ("IAMUser" as const),
            principalId: userId.split(":")[0] ?? "",
            arn: issuer,
            accountId,
            userName: issuer.slice(issuer.lastIndexOf("/") + 1),
          },
        }),
        attributes: {
          creationDate: new Date(session.issuedAt).toISOString().replace(/\.\d{3}Z$/, "Z"),
          mfaAuthenticated: String(session.context["aws:MultiFactorAuthPresent"] === "true"),
        },
      },
    }),
  };
}
