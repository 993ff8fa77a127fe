import { reasonOf } from "../aws/Answer.js";
import { type PrincipalArn, parsePrincipalArn } from "../facts/arn.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { TrailEvent } from "../snapshot/Snapshot.js";
import type { TrailOptions } from "./CollectOptions.js";
import { parseTrailEvents } from "./parseTrailEvents.js";
import type { Reading } from "./Reading.js";
import { readAnswer } from "./readAnswer.js";

/** Whose calls, on which key and vault, are looked for. */
export interface TrailSubject {
  caller: PrincipalArn;
  /** Null: not known, so that events of any key count. */
  keyArn: string | null;
  backupVaultName: string;
}

/** Where the calls that AWS Backup forwards are recorded, and the call itself. */
const sources = ["kms.amazonaws.com", "backup-storage.amazonaws.com", "backup.amazonaws.com"] as const;

/** So far from the denial do events count (specification, rule 9). */
const near = 15 * 60 * 1000;

/** CloudTrail's limit: two calls a second for an account and Region. */
const pace = 500;

/** Between two looks, in milliseconds: CloudTrail takes minutes. */
const again = 15_000;

/** Of one source at one look; in 15 minutes of a busy account there may be more than anybody can wait for. */
const mostPages = 20;

/**
 * Looks into CloudTrail for what became of the calls that AWS Backup forwarded, newest first, at CloudTrail's own pace. It
 * looks once or, where it may wait, until a refused call is there: that decides. What was found before a look failed counts.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function readTrail(
  reading: Reading,
  subject: TrailSubject,
  { wait = 0, onWait }: TrailOptions,
): Promise<Evidence<TrailEvent[]>> {
  const { reader } = reading;
  const startedAt = reader.clock.now().getTime();
  const StartTime = new Date(startedAt - near);
  const found = new Map<string, TrailEvent>();
  let asked = 0;
  let failure: string | null = null;

  const look = async (EventSource: string): Promise<void> => {
    const LookupAttributes = [{ AttributeKey: "EventSource", AttributeValue: EventSource }];
    let NextToken: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      if (asked > 0) await reader.pause(pace);
      asked += 1;
      const EndTime = new Date(reader.clock.now().getTime() + near);
      const input = { LookupAttributes, StartTime, EndTime, ...(NextToken !== undefined && { NextToken }) };
      const answer = await readAnswer(reading, "cloudtrail:LookupEvents", input);
      if (!answer.ok) {
        failure = reasonOf(answer);
        return;
      }
      for (const { CloudTrailEvent } of answer.value.Events ?? []) keep(CloudTrailEvent);
      NextToken = answer.value.NextToken;
      if (NextToken === undefined || isDecided(found)) return;
    }
  };
  const keep = (text: string): void => {
    for (const event of eventsIn(text)) if (isOf(subject, event)) found.set(event.eventId, event);
  };

  for (;;) {
    failure = null;
    for (const source of sources) {
      await look(source);
      if (failure !== null || isDecided(found)) break;
    }
    const waited = reader.clock.now().getTime() - startedAt;
    if (isDecided(found) || failure !== null || waited >= wait || reader.signal.aborted) break;
    onWait?.({ waited, wait, found: found.size });
    await reader.pause(Math.min(again, wait - waited));
  }
  const events = [...found.values()].sort((one, other) => one.eventTime.localeCompare(other.eventTime));
  if (events.length > 0) return { status: "read", value: events };
  return failure === null ? { status: "none" } : { status: "unreadable", reason: failure };
}

/** An event that cannot be read tells nothing. */
function eventsIn(text: string): TrailEvent[] {
  try {
    return parseTrailEvents(text);
  } catch {
    return [];
  }
}

/** A call that was forwarded and refused. */
function isDecided(found: ReadonlyMap<string, TrailEvent>): boolean {
  return [...found.values()].some(
    ({ eventSource, errorCode = "" }) => eventSource !== "backup.amazonaws.com" && /AccessDenied/.test(errorCode),
  );
}

/** Of this caller, or another session of the same role; on this key and vault where the event names one. */
function isOf({ caller, keyArn, backupVaultName }: TrailSubject, event: TrailEvent): boolean {
  const user = parsePrincipalArn(event.userArn ?? "");
  if (user === null || user.accountId !== caller.accountId || user.name !== caller.name) return false;
  if (event.eventSource === "backup.amazonaws.com") {
    return event.eventName === "CreateBackupVault" && (event.backupVaultName ?? backupVaultName) === backupVaultName;
  }
  return event.invokedBy !== undefined && (keyArn === null || (event.keyArn ?? keyArn) === keyArn);
}
