import { blocksOf } from "./blocksOf.js";
import { cleanLines } from "./cleanLines.js";
import type { DenialReading } from "./DenialReading.js";
import { describe } from "./describe.js";
import type { FoundDenial, FoundDenials } from "./FoundDenial.js";
import { findRefusals } from "./findRefusals.js";
import { linesOfCsv } from "./linesOfCsv.js";
import { linesOfJson } from "./linesOfJson.js";
import { messageOf } from "./messageOf.js";
import { operationsOf } from "./operationsOf.js";
import { otherFailureOf } from "./otherFailureOf.js";
import { squeeze } from "./squeeze.js";
import { type Placed, withLater } from "./withLater.js";

/** Logs end with what went wrong: of a longer text the end is read. */
const longest = 1_000_000;
const most = 100;
/** Tools repeat themselves: this many times a refusal is looked at. */
const mostBlocks = 500;

/**
 * Finds every refusal in what people paste: the output of Terraform, OpenTofu, CDK, CloudFormation, SAM, Pulumi, Ansible,
 * Serverless, the AWS CLI and the SDKs, CloudTrail's events and tables of them, CI logs, with boxes, colours, time stamps and lines broken
 * anywhere, also within an ARN. Which operation each is of is told, so that nobody takes one of PutObject for the vault's.
 * Pure, total and linear; of a text above 1,000,000 characters the end is read.
 *
 * @example
 * readDenials("An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: ").denials[0]?.operation;
 * // "CreateBackupVault"
 */
export function readDenials(text: string): FoundDenials {
  const unread = Math.max(0, text.length - longest);
  const read = (unread === 0 ? text : text.slice(unread)).replaceAll("\0", "");
  const squeezed = squeeze(linesOfJson(read) ?? linesOfCsv(read) ?? cleanLines(read));
  const blocks = blocksOf(squeezed, findRefusals(squeezed)).slice(0, mostBlocks);
  const operations = operationsOf(squeezed, blocks);
  const denials = blocks
    .map((block, index) => ({ found: describe(squeezed, block, operations[index] ?? null), at: block.at }))
    .reduce(addOnce, []);
  return {
    denials: withLater(denials.slice(0, most), squeezed.text, isNewestFirst(read)),
    otherFailure: otherFailureOf(squeezed),
    unread,
  };
}

/** Logs are also shown with the last line first: by the first and the last time of the text. */
function isNewestFirst(text: string): boolean {
  const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/g;
  const first = time.exec(text)?.[0];
  const last = [...text.slice(-lastTime).matchAll(time)].at(-1)?.[0];
  return first !== undefined && last !== undefined && last.replace("T", " ") < first.replace("T", " ");
}

const lastTime = 20_000;

const details = ["principalArn", "userName", "accountId", "region", "backupVaultName", "encryptionKeyArn"] as const;

/** Tools say one refusal several times, here with the vault's name and there with its Region: that is one. */
function addOnce(known: Placed[], placed: Placed): Placed[] {
  if (known.length > most) return known;
  const { found } = placed;
  const at = known.findIndex((other) => isSame(other.found, found));
  const same = known[at]?.found;
  if (same === undefined) return [...known, placed];
  const reading = fuller(same.reading, found.reading);
  const merged = {
    reading,
    operation: same.operation ?? found.operation,
    ofVaultCreation: same.ofVaultCreation === "open" ? found.ofVaultCreation : same.ofVaultCreation,
    principalArn: same.principalArn ?? found.principalArn,
    accountId: same.accountId ?? found.accountId,
    region: same.region ?? found.region,
    backupVaultName: same.backupVaultName ?? found.backupVaultName,
    encryptionKeyArn: same.encryptionKeyArn ?? found.encryptionKeyArn,
    denial: { ...found.denial, ...same.denial, message: messageOf(reading) },
  };
  const { wordless, ...told } = { ...found, ...same, ...merged };
  const isWordless = same.wordless !== undefined && found.wordless !== undefined;
  return known.with(at, {
    found: { ...told, ...(isWordless && wordless !== undefined && { wordless }) },
    at: placed.at,
  });
}

function isSame(one: FoundDenial, other: FoundDenial): boolean {
  const isNameOnly = one.reading.kind === "opaque" || other.reading.kind === "opaque";
  return (
    hasSameWords(one.reading, other.reading) &&
    agree(one.operation, other.operation) &&
    details.every((name) => agree(one[name], other[name])) &&
    agree(one.record?.eventId, other.record?.eventId) &&
    isOneRecord(one, other) &&
    // Two refusals without words are one only where something says so.
    (!isNameOnly || (one.operation === other.operation && one.denial.requestId === other.denial.requestId))
  );
}

/** Where a tool says it again, the principal or the policy may not be to be read: a line was broken, or the text cut off. */
function hasSameWords(one: DenialReading, other: DenialReading): boolean {
  if (one.kind !== "action" || other.kind !== "action") return messageOf(one) === messageOf(other);
  const user = one.user === null || other.user === null ? null : one.user;
  const policy = one.policy === null || other.policy === null ? null : one.policy;
  const told = { user: user && other.user, policy: policy && other.policy };
  return messageOf({ ...one, user, policy }) === messageOf({ ...other, ...told });
}

/** The words with all that one of the two tells. */
function fuller(one: DenialReading, other: DenialReading): DenialReading {
  if (one.kind !== "action" || other.kind !== "action") return one;
  return { ...one, user: one.user ?? other.user, policy: one.policy ?? other.policy };
}

function agree(a: string | null | undefined, b: string | null | undefined): boolean {
  return a === b || a === null || b === null || a === undefined || b === undefined;
}

/** A record tells of one call: what it says is not lent to words from elsewhere, unless both tell the same id or caller. */
function isOneRecord(one: FoundDenial, other: FoundDenial): boolean {
  if (one.record === undefined && other.record === undefined) return true;
  const isNamed = (a: string | null | undefined, b: string | null | undefined) => typeof a === "string" && a === b;
  return (
    isNamed(one.denial.requestId, other.denial.requestId) ||
    isNamed(one.record?.eventId, other.record?.eventId) ||
    ((one.record === undefined || other.record === undefined) &&
      isNamed(one.principalArn, other.principalArn) &&
      isNamed(one.operation, other.operation) &&
      agree(one.denial.requestId, other.denial.requestId)) ||
    details.every((name) => one[name] === other[name])
  );
}
