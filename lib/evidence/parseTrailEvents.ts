import { readDenial } from "../denial/readDenial.js";
import type { TrailEvent } from "../snapshot/Snapshot.js";
import { isKeyArn } from "./isKeyArn.js";
import { TrailFormatError } from "./TrailFormatError.js";

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads CloudTrail's events in every form that people have them in: the console's download (`Records`), the AWS CLI's and
 * the API's answer to LookupEvents (`Events`, each with its text in `CloudTrailEvent`), a list of either, one event, or one
 * a line. What is no event is left out. Pure.
 *
 * @throws TrailFormatError where there is none at all
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * @example
 * parseTrailEvents(await readFile("event_history.json", "utf8"))[0]?.errorCode; // "AccessDenied"
 */
export function parseTrailEvents(text: string): TrailEvent[] {
  const values = jsonIn(text);
  const events = values.flatMap(recordsIn).flatMap((record) => trailEventOf(record) ?? []);
  if (events.length > 0 || values.some(isEmptyAnswer)) return events;
  throw new TrailFormatError(
    'expected CloudTrail events as JSON: { "Records": [...] }, { "Events": [...] }, a list of events, one, or one a line; a table of events (CSV) has too little',
  );
}

/** The text as one JSON value, or as one a line. */
function jsonIn(text: string): unknown[] {
  const whole = parsed(text);
  if (whole !== undefined) return [whole];
  return text.split("\n").flatMap((line) => parsed(line) ?? []);
}

function parsed(text: string): unknown {
  try {
    // A byte order mark stands before what some consoles save.
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    return undefined;
  }
}

function membersOf(value: unknown): Members | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : null;
}

/** A lookup that found nothing is an answer. */
function isEmptyAnswer(value: unknown): boolean {
  const { Records, Events } = membersOf(value) ?? {};
  return [Records, Events, value].some((list) => Array.isArray(list) && list.length === 0);
}

/** The records in a document, each as AWS writes it; its nesting is known, so nothing is followed deeper. */
function recordsIn(value: unknown): Members[] {
  const outer = membersOf(value);
  const list = [outer?.Records, outer?.Events, value].find((one) => Array.isArray(one)) as unknown[] | undefined;
  return (list ?? [value]).flatMap((item) => {
    const record = membersOf(item);
    const inner = record?.CloudTrailEvent;
    const told = typeof inner === "string" ? membersOf(parsed(inner)) : record;
    return told === null ? [] : [told];
  });
}

/** An event of the snapshot; null where the record is none. */
function trailEventOf(record: unknown): TrailEvent | null {
  const { eventID, eventTime, eventSource, eventName, ...rest } = membersOf(record) ?? {};
  if (typeof eventTime !== "string" || typeof eventSource !== "string" || typeof eventName !== "string") return null;
  const identity = membersOf(rest.userIdentity);
  const parameters = membersOf(rest.requestParameters);
  const told = {
    errorCode: textOf(rest.errorCode),
    errorMessage: textOf(rest.errorMessage),
    userArn: textOf(identity?.arn),
    invokedBy: textOf(identity?.invokedBy) ?? serviceIn(rest.sourceIPAddress),
    keyArn: keyArnOf(rest, parameters),
    backupVaultName: textOf(parameters?.backupVaultName),
    encryptionContext: contextOf(parameters),
  };
  return {
    eventId: textOf(eventID) ?? "",
    eventTime,
    eventSource,
    eventName,
    ...(Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as Partial<TrailEvent>),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A service calls from its own name; anybody else from an address. */
function serviceIn(sourceIPAddress: unknown): string | undefined {
  const source = textOf(sourceIPAddress);
  return source !== undefined && (source === "AWS Internal" || source.endsWith(".amazonaws.com")) ? source : undefined;
}

/** From `resources`; a refused call may have it nowhere but in its message. */
function keyArnOf({ resources, errorMessage }: Members, parameters: Members | null): string | undefined {
  const listed = (Array.isArray(resources) ? (resources as unknown[]) : []).map((one) => membersOf(one)?.ARN);
  const message = textOf(errorMessage);
  const said = message === undefined ? null : readDenial({ name: "AccessDenied", message });
  const candidates = [...listed, parameters?.keyId, said?.kind === "action" ? said.resource : undefined];
  return candidates.map(textOf).find((arn) => arn !== undefined && isKeyArn(arn) && arn.includes(":kms:"));
}

/** A grant's is in its constraints. */
function contextOf(parameters: Members | null): Record<string, string> | undefined {
  const constraints = membersOf(parameters?.constraints);
  const { encryptionContextSubset: subset, encryptionContextEquals: equals } = constraints ?? {};
  return [parameters?.encryptionContext, subset, equals].map(textsOf).find((texts) => texts !== undefined);
}

function textsOf(value: unknown): Record<string, string> | undefined {
  const members = membersOf(value);
  if (members === null) return undefined;
  const texts = Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return texts.length > 0 ? Object.fromEntries(texts) : undefined;
}
