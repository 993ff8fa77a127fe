import { differences } from "../denial/differences.js";
import type { FoundDenial } from "../denial/FoundDenial.js";
import { readDenials } from "../denial/readDenials.js";
import { snapshotOfDenial } from "../denial/snapshotOfDenial.js";
import { whatItSays } from "../denial/whatItSays.js";
import { diagnose } from "../diagnose.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import { noAccount, notNamed } from "../facts/names.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { placeholder } from "./leastPoliciesFor.js";

/** What a refusal's text alone tells: nothing was read, and what it does not say stays unknown. */
export function diagnosisOfText(found: FoundDenial, now = new Date()): Diagnosis {
  const diagnosis = diagnose(snapshotOfDenial(found, now));
  const isAccountTold = found.accountId !== null;
  const told = {
    ...diagnosis,
    subject: subjectOf(found),
    actions: diagnosis.actions.map((row) =>
      isInvented(row.resource, isAccountTold) ? { ...row, resource: "*" } : row,
    ),
    summary: `${diagnosis.blockers.length > 0 ? `${diagnosis.summary} ` : ""}${whatItSays(found, diagnosis.blockers.length > 0)}`,
    evidence: [{ call: "every read", status: "skipped", detail: "explained from the refusal's text alone" }],
  } satisfies Diagnosis;
  return placed(told, isAccountTold);
}

/** An account by itself or in an ARN, and not the end of a key's id. */
const accountAlone = new RegExp(`(?<![\\w-])${noAccount}(?![\\w-])`, "g");

/** The diagnosis with placeholders that nobody takes for a name, where the text does not tell an account or a role. */
function placed(diagnosis: Diagnosis, isAccountTold: boolean): Diagnosis {
  const told = JSON.stringify(diagnosis).replaceAll(`role ${notNamed} `, "the caller ");
  // Emulators of others are account 000000000000.
  const filled = isAccountTold
    ? told
    : told
        .replaceAll(`${noAccount}:role/${notNamed}`, `${placeholder.account}:role/${placeholder.role}`)
        .replaceAll(accountAlone, placeholder.account);
  return JSON.parse(filled) as Diagnosis;
}

/** A resource that holds a placeholder for what the text does not tell. */
function isInvented(resource: string, isAccountTold: boolean): boolean {
  const arn = parseArn(resource);
  return arn?.region === notNamed || (!isAccountTold && arn?.accountId === noAccount) || /[:/]\*$/.test(resource);
}

function subjectOf(found: FoundDenial): Diagnosis["subject"] {
  const named = parsePrincipalArn(found.principalArn ?? "");
  return {
    operation: "CreateBackupVault",
    // A session's ARN does not tell the path of its role.
    principalArn:
      named === null
        ? null
        : named.kind === "role-session"
          ? `arn:${named.partition}:iam::${named.accountId}:role/${named.name}`
          : found.principalArn,
    callerArn: named === null ? null : found.principalArn,
    accountId: found.accountId,
    region: found.region,
    backupVaultName: found.backupVaultName,
    encryptionKeyArn: found.encryptionKeyArn,
  };
}

/**
 * A snapshot with a refusal that was seen. One of another call settles nothing: what its own words tell of that the
 * diagnosis sees, and what the tool around them tells is said first.
 */
export function diagnosisOfBoth(snapshot: Snapshot, found: FoundDenial): Diagnosis {
  const asked = { ...snapshot.request, principalArn: snapshot.caller.arn };
  const [bare] = readDenials(found.denial.message).denials;
  const isToldByWords = bare !== undefined && differences(bare, asked).length > 0;
  const other = isToldByWords ? [] : differences(found, asked);
  const diagnosis = diagnose({ ...snapshot, denial: other.length > 0 ? null : found.denial });
  return other.length === 0 ? diagnosis : { ...diagnosis, summary: `${ofAnotherCall(other)} ${diagnosis.summary}` };
}

/** The first sentence where a refusal is of another call. */
export function ofAnotherCall(other: readonly string[]): string {
  return `The refusal is about another call (${other.join("; ")}), so it settles nothing here.`;
}
