import type { EvidenceCall } from "../diagnosis/Diagnosis.js";
import { accountNotRead } from "../report/accountNotRead.js";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";
import { remedyOf } from "./remedyOf.js";

/** Errors by which AWS, or the SDK before it, says that credentials do not work: no question of rights. */
const ofCredentials =
  /^(Expired|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|InvalidToken|CredentialsProviderError|TokenProviderError|SSOTokenProviderFailure|CredentialsError)|\bENOENT\b/;

/** The role that the evidence was to be read as may not be taken. */
const ofRole = /not authorized to perform: sts:AssumeRole\b/;

/**
 * The error to end with where the answer would be no answer: nothing was read at all, credentials do not work, there is no
 * such principal. It names the first failure, which caused the others. Null where there is an answer.
 *
 * @param principalArn whose rights are in question, where somebody else's are
 */
export function whyNotRun(evidence: readonly EvidenceCall[], principalArn?: string): CliError | null {
  const told = (why: string, one: EvidenceCall) =>
    new CliError(`${why} (${printable(`${one.call}: ${one.detail ?? one.status}`)})${remedy(one, evidence)}`, 4);
  const unread = evidence.filter(({ status }) => status !== "answered");
  const bad = unread.filter(({ detail = "" }) => ofCredentials.test(detail) || ofRole.test(detail));
  // Who calls is asked first of all; that another call's failure came back sooner is chance.
  const [root] = [...bad.filter(isOfCaller), ...bad];
  if (root !== undefined) return told("there are no credentials that work", root);
  if (evidence.every(isNoAnswer)) {
    const first = evidence.find((one) => isOfCaller(one) && one.status === "refused") ?? evidence[0];
    return first === undefined
      ? new CliError("could not read anything from AWS (nothing was asked)", 4)
      : told("could not read anything from AWS", first);
  }
  const nobody = evidence.find(({ call, detail = "" }) => /^iam:Get(Role|User)$/.test(call) && isNobody(detail));
  // Of another account than its own, IAM tells nothing.
  const isElsewhere = principalArn !== undefined && accountNotRead({ evidence, subject: { principalArn } }) !== null;
  if (nobody !== undefined && principalArn !== undefined && !isElsewhere)
    return told(`there is no ${principalArn}`, nobody);
  const identity = unread.find((one) => isOfCaller(one) && one.status !== "refused");
  return identity === undefined ? null : told("who calls is not known", identity);
}

/** What to do where credentials do not work: the caller's, or, where AWS knows who calls, those for the evidence. */
function remedy({ detail = "" }: EvidenceCall, evidence: readonly EvidenceCall[]): string {
  const found = remedyOf(detail);
  if (found === undefined) return "";
  return evidence.some((one) => isOfCaller(one) && one.status === "answered")
    ? ". They are those for the evidence: name others with --evidence-profile or --evidence-role, or none, to read as the caller."
    : `. ${found}`;
}

/** AWS names an error; a 403 without a name is somebody's between here and AWS. */
function isNoAnswer({ status, detail = "" }: EvidenceCall): boolean {
  return status === "failed" || status === "skipped" || (status === "refused" && /^Unknown\b/.test(detail));
}

function isOfCaller({ call }: EvidenceCall): boolean {
  return call === "sts:GetCallerIdentity";
}

function isNobody(detail: string): boolean {
  return detail.startsWith("NoSuchEntity");
}
