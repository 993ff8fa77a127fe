import { type Answer, reasonOf } from "../aws/Answer.js";
import type { CallerArn } from "../caller/parseCallerArn.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import { identityPolicies } from "./identityPolicies.js";
import { managedPolicyReader } from "./managedPolicy.js";
import type { Reading } from "./Reading.js";

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

/**
 * Asks IAM for a user or role: who it is and its policies, side by side.
 *
 * @param arn as STS or the request tells it; that of a user or role, unlike a session's, already has the path
 * @param isSelf the reader is this very caller; somebody else may be of another account, where the same name is another's
 */
export function principal(
  reading: Reading,
  caller: CallerArn & { kind: "role" | "user" },
  arn: string,
  isSelf: boolean,
): PrincipalEvidence {
  const managed = managedPolicyReader(reading);
  const described = describeEntity(reading, caller);
  const elsewhere = isSelf ? Promise.resolve(null) : described.then((answer) => whyElsewhere(reading, caller, answer));
  const entity = Promise.all([described, elsewhere]).then(
    ([answer, why]): Answer<Entity> => (why === null ? answer : { ok: false, name: "", message: why, why: "failed" }),
  );
  return {
    facts: entity.then((answer) => factsOf(caller, arn, answer)),
    identity: Promise.all([identityPolicies(reading, managed, caller.kind, caller.name), elsewhere]).then(
      ([policies, why]): Evidence<Policy[]> => (why === null ? policies : { status: "unreadable", reason: why }),
    ),
    permissionsBoundary: entity.then(async (answer): Promise<Evidence<Policy>> => {
      if (!answer.ok) return { status: "unreadable", reason: reasonOf(answer) };
      const { boundaryArn } = answer.value;
      if (boundaryArn === undefined) return { status: "none" };
      // Where its document cannot be read, that there is one and which is still known.
      return { status: "read", value: await managed(boundaryArn, undefined) };
    }),
  };
}

/**
 * Why what IAM told is not of this principal: IAM tells of the reader's own account, and a role of the same name in another
 * account is another role. Null where it is the right account.
 */
async function whyElsewhere(
  { clients, reader }: Reading,
  { accountId, kind, name }: CallerArn,
  answer: Answer<Entity>,
): Promise<string | null> {
  const told = answer.ok ? answer.value.arn : await readersArn({ clients, reader });
  const account = told?.split(":")[4];
  if (account === accountId) return null;
  const read = account === undefined ? "of which account could not be told" : `of account ${account}`;
  return `IAM was read ${read}, but the ${kind} ${name} is of account ${accountId}; read the evidence as somebody of that account`;
}

async function readersArn({ clients, reader }: Reading): Promise<string | undefined> {
  const { client, module } = await clients.sts();
  const answer = await reader.ask("sts:GetCallerIdentity", (abortSignal) =>
    client.send(new module.GetCallerIdentityCommand({}), { abortSignal }),
  );
  return answer.ok ? answer.value.Arn : undefined;
}

interface Entity {
  arn: string;
  uniqueId: string | undefined;
  tags: Record<string, string>;
  boundaryArn: string | undefined;
}

async function describeEntity(
  { clients, reader }: Reading,
  { kind, name }: CallerArn & { kind: "role" | "user" },
): Promise<Answer<Entity>> {
  const { client, module } = await clients.iam();
  if (kind === "role") {
    const answer = await reader.ask("iam:GetRole", (abortSignal) =>
      client.send(new module.GetRoleCommand({ RoleName: name }), { abortSignal }),
    );
    if (!answer.ok) return answer;
    const { Role: role } = answer.value;
    return entityOf(role?.Arn, role?.RoleId, role?.Tags, role?.PermissionsBoundary?.PermissionsBoundaryArn);
  }
  const answer = await reader.ask("iam:GetUser", (abortSignal) =>
    client.send(new module.GetUserCommand({ UserName: name }), { abortSignal }),
  );
  if (!answer.ok) return answer;
  const { User: user } = answer.value;
  return entityOf(user?.Arn, user?.UserId, user?.Tags, user?.PermissionsBoundary?.PermissionsBoundaryArn);
}

function entityOf(
  arn: string | undefined,
  uniqueId: string | undefined,
  tags: { Key: string | undefined; Value: string | undefined }[] = [],
  boundaryArn: string | undefined,
): Answer<Entity> {
  if (arn === undefined) {
    return { ok: false, name: "MalformedResponse", message: "the answer held no ARN", why: "failed" };
  }
  return { ok: true, value: { arn, uniqueId, boundaryArn, tags: tagRecord(tags) } };
}

/** Tags as IAM and KMS list them, as a record. */
export function tagRecord(tags: { Key: string | undefined; Value: string | undefined }[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

function factsOf(
  { partition, accountId, kind, name }: CallerArn,
  told: string,
  answer: Answer<Entity>,
): PrincipalFacts {
  if (!answer.ok) {
    const isPathKnown = told.split(":")[2] === "iam";
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
