import { otherFailures } from "../facts/denials.js";
import { blocksOf } from "./blocksOf.js";
import { cleanLines } from "./cleanLines.js";
import { describe } from "./describe.js";
import type { FoundDenial, FoundDenials } from "./FoundDenial.js";
import { findRefusals } from "./findRefusals.js";
import { linesOfCsv } from "./linesOfCsv.js";
import { linesOfJson } from "./linesOfJson.js";
import { squeeze } from "./squeeze.js";

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
  const read = unread === 0 ? text : text.slice(unread);
  const squeezed = squeeze(linesOfJson(read) ?? linesOfCsv(read) ?? cleanLines(read));
  const blocks = blocksOf(squeezed, findRefusals(squeezed)).slice(0, mostBlocks);
  const denials = blocks.map((block) => describe(squeezed, block)).reduce(addOnce, []);
  return {
    denials: denials.slice(0, most),
    otherFailure: otherFailures.exec(read)?.[1] ?? null,
    unread,
  };
}

/** Tools say one refusal several times, here with the vault's name and there with its Region: that is one. */
function addOnce(known: FoundDenial[], found: FoundDenial): FoundDenial[] {
  if (known.length > most) return known;
  const at = known.findIndex((other) => isSame(other, found));
  const same = known[at];
  if (same === undefined) return [...known, found];
  const details = {
    operation: same.operation ?? found.operation,
    ofVaultCreation: same.ofVaultCreation === "open" ? found.ofVaultCreation : same.ofVaultCreation,
    principalArn: same.principalArn ?? found.principalArn,
    accountId: same.accountId ?? found.accountId,
    region: same.region ?? found.region,
    backupVaultName: same.backupVaultName ?? found.backupVaultName,
    encryptionKeyArn: same.encryptionKeyArn ?? found.encryptionKeyArn,
    denial: { ...found.denial, ...same.denial },
  };
  return known.with(at, { ...same, ...details });
}

function isSame(one: FoundDenial, other: FoundDenial): boolean {
  const agree = (a: string | null | undefined, b: string | null | undefined) =>
    a === b || a === null || b === null || a === undefined || b === undefined;
  const isNameOnly = one.reading.kind === "opaque" || other.reading.kind === "opaque";
  return (
    one.denial.message === other.denial.message &&
    agree(one.operation, other.operation) &&
    agree(one.backupVaultName, other.backupVaultName) &&
    agree(one.region, other.region) &&
    agree(one.encryptionKeyArn, other.encryptionKeyArn) &&
    // Two refusals without words are one only where something says so.
    (!isNameOnly || (one.operation === other.operation && one.denial.requestId === other.denial.requestId))
  );
}
