import { reasonOf } from "../aws/Answer.js";
import { readDenial } from "../denial/readDenial.js";
import { type PrincipalArn, parsePrincipalArn } from "../facts/arn.js";
import type { Caller, Denial } from "../snapshot/Snapshot.js";
import type { Holder, PrincipalFacts } from "./principal.js";
import type { Reading } from "./Reading.js";
import { readAnswer } from "./readAnswer.js";

/** Who makes the call: the ARN as it was told, and what it says. */
export interface Identity {
  arn: string;
  userId: string | undefined;
  parsed: PrincipalArn;
}

/**
 * Who calls: the principal in question, else whom STS names, else whom the denial's own words name as its user.
 *
 * @returns the reason where nobody tells
 */
export async function callerIdentity(
  reading: Reading,
  principalArn: string | undefined,
  denial: Denial | null,
): Promise<Identity | { reason: string }> {
  const asked = identityOf(principalArn);
  if (asked !== null) return asked;
  const answer = await readAnswer(reading, "sts:GetCallerIdentity", {});
  const told = answer.ok ? identityOf(answer.value.Arn, answer.value.UserId) : identityOf(userOf(denial));
  return told ?? { reason: answer.ok ? `sts:GetCallerIdentity answered ${answer.value.Arn}` : reasonOf(answer) };
}

/** Whom a denial's own words name as its user. */
export function userOf(denial: Denial | null): string | undefined {
  const reading = denial === null ? null : readDenial(denial);
  return reading?.kind === "action" ? (reading.user ?? undefined) : undefined;
}

function identityOf(arn: string | undefined, userId?: string): Identity | null {
  const parsed = arn === undefined ? null : parsePrincipalArn(arn);
  return arn === undefined || parsed === null ? null : { arn, userId, parsed };
}

/** The IAM user or role to ask for; null for root and federated users, behind whom the ARN names none. */
export function holderBehind(parsed: PrincipalArn): Holder | null {
  switch (parsed.kind) {
    case "user":
      return { ...parsed, kind: "user" };
    case "role":
    case "role-session":
      return { ...parsed, kind: "role" };
    case "root":
    case "federated-user":
      return null;
  }
}

/**
 * The caller as the snapshot has it. A role of which no session is known stands by its own ARN and unique id: what hangs on
 * the session's name is then unknown.
 */
export function callerOf({ arn, userId, parsed }: Identity, facts: PrincipalFacts | null): Caller {
  const principalArn = facts?.arn ?? arn;
  const uniqueId = facts?.uniqueId;
  const session = parsed.sessionName === null ? "" : `:${parsed.sessionName}`;
  const known = userId ?? (uniqueId === undefined ? undefined : `${uniqueId}${session}`);
  return {
    arn: parsed.kind === "role" ? principalArn : arn,
    principalArn,
    ...(known !== undefined && { userId: known }),
    tags: facts?.tags ?? (parsed.kind === "root" ? { status: "none" } : { status: "notRead" }),
  };
}
