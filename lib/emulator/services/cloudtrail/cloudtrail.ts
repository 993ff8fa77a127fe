import type { Call, Operation, Output } from "../../Call.js";
import { numberOf, objectsOf, textOf } from "../../input.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { TrailRecord } from "../../trail/TrailRecord.js";

const mostResults = 50;

/** What each attribute is compared with. */
const attributes: Readonly<Record<string, (record: TrailRecord) => (string | undefined)[]>> = {
  AccessKeyId: ({ userIdentity }) => [userIdentity.accessKeyId],
  EventId: ({ eventID }) => [eventID],
  EventName: ({ eventName }) => [eventName],
  EventSource: ({ eventSource }) => [eventSource],
  ReadOnly: ({ readOnly }) => [String(readOnly)],
  ResourceName: (record) => resourcesOf(record).map(({ ResourceName }) => ResourceName),
  ResourceType: (record) => resourcesOf(record).map(({ ResourceType }) => ResourceType),
  Username: (record) => [userNameOf(record)],
};

/**
 * The Region's events of the caller's account, newest first.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
const LookupEvents: Operation = (call) => {
  const { state, session, region, input } = call;
  requireAllowed(call, { action: "cloudtrail:LookupEvents", resource: "*", shownResource: null });
  const { start, end } = rangeOf(call);
  const fits = filterOf(call);
  const size = numberOf(input, "MaxResults") ?? mostResults;
  if (!Number.isInteger(size) || size < 1 || size > mostResults) {
    throw new ServiceError(
      "InvalidMaxResultsException",
      `A maximum results value of ${size} is invalid. Specify a value between 1 and ${mostResults}.`,
    );
  }
  const seenBefore = Date.now() - state.trailDelay;
  const found = state.trail
    .filter(({ record, at }) => {
      const time = Date.parse(record.eventTime);
      const isHere = record.awsRegion === region && record.recipientAccountId === session.accountId;
      return isHere && at <= seenBefore && time >= start && time <= end && fits(record);
    })
    .map(({ record }) => record)
    .reverse();
  const first = firstOf(call, found);
  const page = found.slice(first, first + size);
  const next = found[first + size];
  return { Events: page.map(shown), NextToken: next && Buffer.from(next.eventID).toString("base64") };
};

/** A page begins with the event that its token names, so that what happens in between moves nothing. */
function firstOf({ input }: Call, found: readonly TrailRecord[]): number {
  const token = textOf(input, "NextToken");
  if (token === undefined) return 0;
  const id = Buffer.from(token, "base64").toString("utf8");
  const index = found.findIndex(({ eventID }) => eventID === id);
  if (index >= 0) return index;
  throw new ServiceError("InvalidNextTokenException", "The token is not valid, or was given for another lookup.");
}

/** Times come as seconds since 1970. */
function rangeOf({ input }: Call): { start: number; end: number } {
  const start = (numberOf(input, "StartTime") ?? 0) * 1000;
  const end = (numberOf(input, "EndTime") ?? Number.MAX_SAFE_INTEGER) * 1000;
  if (start <= end) return { start, end };
  throw new ServiceError("InvalidTimeRangeException", "The start time must be before the end time.");
}

function filterOf({ input }: Call): (record: TrailRecord) => boolean {
  const [attribute, ...others] = objectsOf(input, "LookupAttributes") ?? [];
  if (attribute === undefined) return () => true;
  const key = textOf(attribute, "AttributeKey") ?? "";
  const value = textOf(attribute, "AttributeValue");
  const valuesOf = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  if (others.length > 0 || valuesOf === undefined || value === undefined || value === "") {
    throw new ServiceError(
      "InvalidLookupAttributesException",
      `Expected one attribute with a value, of ${Object.keys(attributes).join(", ")}.`,
    );
  }
  return (record) => valuesOf(record).includes(value);
}

/** The session's, user's or federated user's name; "root" for root. */
function userNameOf({ userIdentity }: TrailRecord): string {
  const { type, arn, userName = "" } = userIdentity;
  if (type === "Root") return "root";
  return arn === undefined ? userName : arn.slice(arn.lastIndexOf("/") + 1);
}

function resourcesOf({ resources = [], requestParameters }: TrailRecord) {
  const vault = requestParameters?.backupVaultName;
  return [
    ...resources.map(({ type, ARN }) => ({ ResourceType: type as string, ResourceName: ARN })),
    ...(typeof vault === "string" ? [{ ResourceType: "AWS::Backup::BackupVault", ResourceName: vault }] : []),
  ];
}

function shown(record: TrailRecord): Output {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: record.userIdentity.accessKeyId,
    EventTime: new Date(record.eventTime),
    EventSource: record.eventSource,
    Username: userNameOf(record),
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

export const cloudtrail: Readonly<Record<string, Operation>> = { LookupEvents };
