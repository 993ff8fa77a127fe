import type { DenialReading } from "../denial/DenialReading.js";
import { isSeenDenial } from "../denial/isSeenDenial.js";
import { readDenial } from "../denial/readDenial.js";
import { callKind, requiredActions, tagAction } from "../facts/actions.js";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import { hiddenAccount } from "../facts/denials.js";
import { backupServicePrincipal, vaultContextKey } from "../facts/kms.js";
import { type Layer, layers } from "../facts/layers.js";
import { accountId as accountForm, region as regionForm } from "../facts/names.js";
import { again } from "../policy/again.js";
import type { Inquiry } from "../question/inquiryOf.js";
import type { Snapshot, TrailEvent } from "../snapshot/Snapshot.js";
import { claimIn } from "./claimIn.js";
import { isCaller } from "./isCaller.js";
import type { LayerClaim, OwnWords } from "./LayerClaim.js";
import { ownRefusal } from "./ownRefusal.js";

/** What AWS said of this very call: in the denial's message and in CloudTrail (specification, rule 9). */
export interface Heard {
  /** A denial was seen. */
  isSeen: boolean;
  /** Why the message settles nothing: whom or what else it is about; null where it is about this call. */
  foreign: string | null;
  /** The action that the message names. */
  action: string | null;
  /** The resource that the message names. */
  resource: string | null;
  /** The message says that backup-storage and KMS permissions are required: CreateBackupVault itself has passed. */
  clearsOwnCall: boolean;
  /** A forwarded call that CloudTrail shows to have succeeded clears its action. */
  clearedByTrail: ReadonlySet<string>;
  /** By action, the words that count first. */
  words: (action: string) => readonly OwnWords[];
}

type ActionReading = Extract<DenialReading, { kind: "action" }>;

/** Fifteen minutes: CloudTrail's events of the same call lie that near. */
const near = 15 * 60 * 1000;

/** A fix is proven by judging the same denial again. */
const readAgain = again((name: string, message: string) => readDenial({ name, message }));

/** Hears the denial and CloudTrail. */
export function wordsOf(snapshot: Snapshot, inquiry: Inquiry): Heard {
  const trail = snapshot.cloudTrail?.status === "read" ? snapshot.cloudTrail.value : [];
  const taken = Date.parse(snapshot.capturedAt);
  const ofCall = ownRefusal(trail, taken, inquiry);
  const denial = snapshot.denial ?? ofCall?.denial ?? null;
  const words = new Map<string, OwnWords[]>();
  const wordsFor = (action: string) => words.get(action) ?? [];
  const say = (action: string, more: OwnWords) => words.set(action, [...wordsFor(action), more]);
  const heard: Heard = {
    isSeen: denial !== null && isSeenDenial(denial),
    foreign: null,
    action: null,
    resource: null,
    clearsOwnCall: false,
    clearedByTrail: new Set(),
    words: wordsFor,
  };
  const cleared = new Set<string>();
  hearTrail(trail, ofCall?.moment ?? taken, inquiry, say, cleared);
  if (denial === null || !heard.isSeen) return { ...heard, clearedByTrail: cleared };

  const reading = readAgain(denial.name, denial.message);
  if (reading.kind === "backup-storage-and-kms") return { ...heard, clearsOwnCall: true, clearedByTrail: cleared };
  if (reading.kind !== "action") return { ...heard, clearedByTrail: cleared };
  const action = spelling(reading.action);
  const foreign = foreignness(reading, action, inquiry);
  if (foreign !== null || reading.user === null || hiddenAccount.test(reading.user))
    return { ...heard, foreign, clearedByTrail: cleared };
  // The denial's own words come before CloudTrail's.
  const own: OwnWords = { source: "denial-message", ...claimIn(reading, action, inquiry), isRefusedUnnamed: false };
  words.set(action, [own, ...wordsFor(action)]);
  return { ...heard, action, resource: reading.resource, clearedByTrail: cleared };
}

function hearTrail(
  trail: readonly TrailEvent[],
  moment: number,
  inquiry: Inquiry,
  say: (action: string, words: OwnWords) => void,
  cleared: Set<string>,
): void {
  const refused = new Set<string>();
  // Of several attempts the nearest one tells, in whatever order the events are listed.
  const distance = ({ eventTime }: TrailEvent) => Math.abs(Date.parse(eventTime) - moment);
  const forwarded = trail
    .flatMap((event) => {
      const action = forwardedAction(event, moment, inquiry);
      return action === null ? [] : [{ event, action }];
    })
    .sort(
      (one, other) =>
        distance(one.event) - distance(other.event) ||
        // Of two that are as near, the refusal.
        Number(one.event.errorCode === undefined) - Number(other.event.errorCode === undefined),
    );
  for (const { event, action } of forwarded) {
    if (refused.has(action) || cleared.has(action)) continue;
    if (event.errorCode === undefined) {
      cleared.add(action);
      say(action, { source: "cloudtrail", claims: allowedAll, isRefusedUnnamed: false });
      continue;
    }
    if (!/^(Client\.)?(AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(event.errorCode)) continue;
    refused.add(action);
    const { errorMessage: message = "" } = event;
    const reading = readDenial({ name: "AccessDenied", message });
    const isOfAction = reading.kind === "action" && spelling(reading.action) === action;
    const said = isOfAction ? claimIn(reading, action, inquiry) : { claims: {}, isRefusedUnnamed: true };
    say(action, { source: "cloudtrail", ...said });
  }
}

const allowedAll: Partial<Record<Layer, LayerClaim>> = Object.fromEntries(
  layers.map((layer) => [layer, { verdict: "allowed" as const, policy: null }]),
);

/** What the message says where backup-storage and KMS are required: the caller's own call has passed. */
export const clearedOwnCall: OwnWords = { source: "denial-message", claims: allowedAll, isRefusedUnnamed: false };

/**
 * The action of a call that AWS Backup forwarded for this caller and key, near the denial; null for any other event.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
function forwardedAction(event: TrailEvent, moment: number, inquiry: Inquiry): string | null {
  const service = /^(kms|backup-storage)\.amazonaws\.com$/.exec(event.eventSource)?.[1];
  if (service === undefined || !isCaller(inquiry, event.userArn) || !isForwarded(event)) return null;
  const { key } = inquiry;
  // Of a key that is named by an alias, or whose ARN was not read, no event is known to be about it.
  if (service === "kms" && (key.isByAlias || (key.arn === null && !key.isDefault))) return null;
  if (event.keyArn === undefined ? service === "kms" && key.arn !== null : !mayBeKey(event.keyArn, key)) return null;
  const time = Date.parse(event.eventTime);
  if (!(Math.abs(time - moment) <= near)) return null;
  return spelling(`${service}:${event.eventName}`);
}

/** alias/aws/backup, whose ARN may not have been read, is in the vault's own account and Region. */
function mayBeKey(arn: string, { arn: known, accountId, region }: Inquiry["key"]): boolean {
  if (known !== null) return arn === known;
  const told = parseArn(arn);
  return told?.accountId === accountId && told.region === region;
}

/**
 * As AWS Backup, under one of the names that AWS's guides show for services; another encryption context than a vault's is
 * another service's, or another call of AWS Backup's (aws-behaviour, forwarded-encryption-context).
 */
function isForwarded({ invokedBy, encryptionContext }: TrailEvent): boolean {
  if (encryptionContext !== undefined && !Object.hasOwn(encryptionContext, vaultContextKey)) return false;
  return (
    invokedBy !== undefined &&
    (invokedBy === "AWS Internal" ||
      /^backup\.(?:[a-z0-9-]+\.)?amazonaws\.com$/.test(invokedBy) ||
      invokedBy === backupServicePrincipal)
  );
}

/** One of the seven in its own spelling, whatever the message's. */
function spelling(action: string): string {
  return [...requiredActions, tagAction].find((known) => known.toLowerCase() === action.toLowerCase()) ?? action;
}

/** Whom or what else a message is about; null where it may be about this call. */
function foreignness(reading: ActionReading, action: string, inquiry: Inquiry): string | null {
  const { request, caller } = inquiry;
  const user = reading.user === null ? null : parsePrincipalArn(reading.user);
  if (reading.user !== null && !hiddenAccount.test(reading.user) && !isCaller(inquiry, reading.user)) {
    const isOtherAccount = user !== null && user.accountId !== caller.principal.accountId;
    return isOtherAccount
      ? `another account's principal, ${reading.user}, not about ${caller.principal.arn}`
      : `another principal, ${reading.user}, not about ${caller.principal.arn}`;
  }
  if (/^backup:/i.test(action) && action !== "backup:CreateBackupVault" && action !== tagAction) {
    return `another operation, ${action}, not about CreateBackupVault`;
  }
  const resource = reading.resource === null ? null : parseArn(reading.resource);
  const isVault = resource?.service === "backup" && resource.resource.startsWith("backup-vault:");
  const isKey = resource?.service === "kms" && callKind(action) === "kms";
  if (resource === null || (!isVault && !isKey)) return null;
  const owner = isVault ? request : inquiry.key;
  if (regionForm.test(resource.region) && resource.region !== owner.region)
    return `another Region, ${resource.region}, not about ${owner.region}`;
  if (accountForm.test(resource.accountId) && resource.accountId !== owner.accountId)
    return `another account, ${resource.accountId}, not about ${owner.accountId}`;
  if (isVault && !/[*?]/.test(resource.resource) && resource.resource !== `backup-vault:${request.backupVaultName}`) {
    return `another vault, ${resource.resource.slice("backup-vault:".length)}, not about ${request.backupVaultName}`;
  }
  const isOtherKey =
    isKey &&
    inquiry.key.arn !== null &&
    resource.resource.startsWith("key/") &&
    ![inquiry.key.arn, request.encryptionKeyArn].includes(reading.resource);
  return isOtherKey ? `another key, ${reading.resource}, not about ${inquiry.key.arn}` : null;
}
