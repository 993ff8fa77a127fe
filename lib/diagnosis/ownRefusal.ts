import { isSeenDenial } from "../denial/isSeenDenial.js";
import { backupServicePrincipal } from "../facts/kms.js";
import type { Inquiry } from "../question/inquiryOf.js";
import type { Denial, TrailEvent } from "../snapshot/Snapshot.js";
import { isCaller } from "./isCaller.js";

/** A refusal of the call itself, as CloudTrail recorded it, and when it was (epoch milliseconds). */
interface OwnRefusal {
  denial: Denial;
  moment: number;
}

/**
 * The refusal of the call itself among CloudTrail's events; of several attempts, the one nearest to when the evidence
 * was taken. An attempt that failed for another reason than missing rights is none.
 */
export function ownRefusal(trail: readonly TrailEvent[], taken: number, inquiry: Inquiry): OwnRefusal | undefined {
  const distance = ({ moment }: OwnRefusal) => Math.abs(moment - taken);
  return trail
    .filter((event) => isOwn(event, inquiry))
    .map((event) => ({ denial: denialIn(event), moment: Date.parse(event.eventTime) }))
    .filter(({ denial, moment }) => isSeenDenial(denial) && !Number.isNaN(moment))
    .sort((one, other) => distance(one) - distance(other))[0];
}

function isOwn(event: TrailEvent, inquiry: Inquiry): boolean {
  return (
    event.eventSource === backupServicePrincipal &&
    event.eventName === "CreateBackupVault" &&
    isCaller(inquiry, event.userArn) &&
    (event.backupVaultName === undefined || event.backupVaultName === inquiry.request.backupVaultName)
  );
}

/** Of a call that succeeded, one without a name, which is none. */
function denialIn({ errorCode = "", errorMessage = "" }: TrailEvent): Denial {
  return { name: errorCode.replace(/^Client\./, ""), message: errorMessage };
}
