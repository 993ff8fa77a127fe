import { type Answer, malformed, reasonOf } from "../aws/Answer.js";
import { handled } from "../aws/handled.js";
import { type PrincipalArn, parsePrincipalArn } from "../facts/arn.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import { managedPolicyReader } from "./managedPolicy.js";
import type { Reading } from "./Reading.js";
import { readAnswer } from "./readAnswer.js";
import { readIdentityPolicies } from "./readIdentityPolicies.js";

/** What IAM tells of the user or role behind a caller, before its policies are there. */
export interface PrincipalFacts {
  /** With its path; without one where `isPathKnown` is false. */
  arn: string;
  isPathKnown: boolean;
  /** AIDA... or AROA... */
  uniqueId: string | undefined;
  tags: Evidence<Record<string, string>>;
}

export interface PrincipalEvidence {
  facts: Promise<PrincipalFacts>;
  identity: Promise<Evidence<Policy[]>>;
  permissionsBoundary: Promise<Evidence<Policy>>;
}

/** A user, or a role, also as the one behind a session. */
export type Holder = PrincipalArn & { kind: "role" | "user" };

/**
 * Asks IAM for a user or role: who it is and its policies, side by side.
 *
 * @param arn as STS or the request tells it; that of a user or role, unlike a session's, already has the path
 * @param isSelf the reader is this very caller; somebody else may be of another account, where the same name is another's
 */
export function principal(reading: Reading, holder: Holder, arn: string, isSelf: boolean): PrincipalEvidence {
  const managed = managedPolicyReader(reading);
  const described = describe(reading, holder);
  const elsewhere = isSelf ? Promise.resolve(null) : described.then((answer) => whyElsewhere(reading, holder, answer));
  const entity = Promise.all([described, elsewhere]).then(
    ([answer, why]): Answer<Entity> => (why === null ? answer : { ok: false, name: "", message: why, why: "failed" }),
  );
  const identity = Promise.all([readIdentityPolicies(reading, managed, holder.kind, holder.name), elsewhere]).then(
    ([policies, why]): Evidence<Policy[]> => (why === null ? policies : { status: "unreadable", reason: why }),
  );
  const permissionsBoundary = entity.then(async (answer): Promise<Evidence<Policy>> => {
    if (!answer.ok) return { status: "unreadable", reason: reasonOf(answer) };
    const { boundaryArn } = answer.value;
    if (boundaryArn === undefined) return { status: "none" };
    // Where its document cannot be read, that there is one and which is still known.
    return { status: "read", value: await managed(boundaryArn, undefined) };
  });
  return {
    facts: handled(entity.then((answer) => factsOf(holder, arn, answer))),
    identity: handled(identity),
    permissionsBoundary: handled(permissionsBoundary),
  };
}

/**
 * Why what IAM told is not of this principal: IAM tells of the reader's own account, and a role of the same name in another
 * account is another role. Null where it is the right account.
 */
async function whyElsewhere(
  reading: Reading,
  { accountId, kind, name }: Holder,
  answer: Answer<Entity>,
): Promise<string | null> {
  if (answer.ok && parsePrincipalArn(answer.value.arn)?.accountId === accountId) return null;
  const account = parsePrincipalArn((await readersArn(reading)) ?? "")?.accountId;
  if (!answer.ok && account === accountId) return null;
  const read = account === undefined ? "of which account could not be told" : `of account ${account}`;
  return `IAM was read ${read}, but the ${kind} ${name} is of account ${accountId}; read the evidence as somebody of that account`;
}

async function readersArn(reading: Reading): Promise<string | undefined> {
  const call = "sts:GetCallerIdentity";
  const answer = await readAnswer(reading, call, {});
  if (!answer.ok) return undefined;
  const { Arn: detail } = answer.value;
  // Whose answers they are, the log tells beside.
  reading.reader.calls.push({ call, status: "answered", detail });
  return detail;
}

interface Entity {
  arn: string;
  uniqueId: string | undefined;
  tags: Record<string, string>;
  boundaryArn: string | undefined;
}

async function describe(reading: Reading, { kind, name }: Holder): Promise<Answer<Entity>> {
  const answer =
    kind === "role"
      ? await readAnswer(reading, "iam:GetRole", { RoleName: name })
      : await readAnswer(reading, "iam:GetUser", { UserName: name });
  if (!answer.ok) return answer;
  const { Arn, Tags, PermissionsBoundary, uniqueId } =
    "Role" in answer.value
      ? { ...answer.value.Role, uniqueId: answer.value.Role.RoleId }
      : { ...answer.value.User, uniqueId: answer.value.User.UserId };
  const told = parsePrincipalArn(Arn);
  if (told?.kind !== kind || told.name.toLowerCase() !== name.toLowerCase()) {
    return malformed(`the answer is of ${Arn}, not of the ${kind} ${name}`);
  }
  const tags = Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  return { ok: true, value: { arn: Arn, uniqueId, boundaryArn: PermissionsBoundary?.PermissionsBoundaryArn, tags } };
}

function factsOf({ partition, accountId, kind, name }: Holder, told: string, answer: Answer<Entity>): PrincipalFacts {
  if (!answer.ok) {
    const isPathKnown = parsePrincipalArn(told)?.kind === kind;
    return {
      arn: isPathKnown ? told : `arn:${partition}:iam::${accountId}:${kind}/${name}`,
      isPathKnown,
      uniqueId: undefined,
      tags: { status: "unreadable", reason: reasonOf(answer) },
    };
  }
  const { arn, uniqueId, tags } = answer.value;
  const evidence: Evidence<Record<string, string>> =
    Object.keys(tags).length === 0 ? { status: "none" } : { status: "read", value: tags };
  return { arn, isPathKnown: true, uniqueId, tags: evidence };
}
