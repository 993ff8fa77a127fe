import { readDenial } from "../denial/readDenial.js";
import { errorNames } from "../facts/vocabulary/errorNames.js";
import type { TrailEvent } from "../snapshot/Snapshot.js";
import { isActionName } from "./published.js";
import type { Redactor } from "./Redactor.js";
import { retold } from "./redactDenial.js";
import { redactInstant } from "./redactInstant.js";

/** What CloudTrail recorded, its error said again in AWS's plainest words. Fields that are not listed are left out. */
export function redactTrailEvent(event: TrailEvent, redactor: Redactor): TrailEvent {
  const { name, free } = redactor;
  const { errorCode, errorMessage, userArn, invokedBy, keyArn, backupVaultName, encryptionContext } = event;
  return {
    eventId: "redacted",
    eventTime: redactInstant(event.eventTime, redactor),
    eventSource: name(event.eventSource),
    eventName: /^\w+$/.test(event.eventName) && isActionName(event.eventName) ? event.eventName : name(event.eventName),
    ...(errorCode !== undefined && {
      errorCode: errorNames.has(errorCode.replace(/^Client\./, "")) ? errorCode : free(errorCode, "Error"),
    }),
    ...(errorMessage !== undefined && {
      errorMessage: free(errorMessage, retold(readDenial({ name: "AccessDenied", message: errorMessage }), redactor)),
    }),
    ...(userArn !== undefined && { userArn: name(userArn) }),
    ...(invokedBy !== undefined && { invokedBy: name(invokedBy) }),
    ...(keyArn !== undefined && { keyArn: name(keyArn) }),
    ...(backupVaultName !== undefined && { backupVaultName: name(backupVaultName) }),
    ...(encryptionContext !== undefined && {
      encryptionContext: Object.fromEntries(
        Object.entries(encryptionContext).map(([key, value]) => [name(key), name(value)]),
      ),
    }),
  };
}
