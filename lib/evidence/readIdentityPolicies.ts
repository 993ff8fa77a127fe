import { type Answer, reasonOf } from "../aws/Answer.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { ManagedPolicyReader } from "./managedPolicy.js";
import type { Reading } from "./Reading.js";
import { readAnswer } from "./readAnswer.js";
import { readList } from "./readList.js";

type Kind = "role" | "user" | "group";

/** The reads of each kind of holder, and what they call it by. */
const holders = {
  role: {
    member: "RoleName",
    attached: "iam:ListAttachedRolePolicies",
    inline: "iam:ListRolePolicies",
    document: "iam:GetRolePolicy",
  },
  user: {
    member: "UserName",
    attached: "iam:ListAttachedUserPolicies",
    inline: "iam:ListUserPolicies",
    document: "iam:GetUserPolicy",
  },
  group: {
    member: "GroupName",
    attached: "iam:ListAttachedGroupPolicies",
    inline: "iam:ListGroupPolicies",
    document: "iam:GetGroupPolicy",
  },
} as const;

/** The attached and inline policies of a role or user, and for a user those of its groups, all side by side. */
export async function readIdentityPolicies(
  reading: Reading,
  managed: ManagedPolicyReader,
  kind: "role" | "user",
  name: string,
): Promise<Evidence<Policy[]>> {
  const lists = await Promise.all([
    ...ownPolicies(reading, managed, kind, name),
    ...(kind === "user" ? [groupPolicies(reading, managed, name)] : []),
  ]);
  const failures = lists.filter((list) => !list.ok);
  const [first] = failures;
  if (first !== undefined && !first.ok && failures.length === lists.length) {
    return { status: "unreadable", reason: reasonOf(first) };
  }
  return { status: "read", value: lists.flatMap((list) => orGap(list, kind, name)) };
}

/** A list that could not be read stands as one policy without a document, so that its siblings still count. */
function orGap(list: Answer<Policy[]>, kind: Kind, name: string): Policy[] {
  if (list.ok) return list.value;
  const holder = `${kind}/${name}`;
  return [{ name: `policies of ${holder}`, attachedTo: holder, document: null, unreadable: reasonOf(list) }];
}

function ownPolicies(reading: Reading, managed: ManagedPolicyReader, kind: Kind, name: string) {
  return [attached(reading, managed, kind, name), inline(reading, kind, name)];
}

async function attached(
  reading: Reading,
  managed: ManagedPolicyReader,
  kind: Kind,
  name: string,
): Promise<Answer<Policy[]>> {
  const list = await readList(reading, holders[kind].attached, { [holders[kind].member]: name });
  if (!list.ok) return list;
  const policies = list.value.map(({ PolicyArn, PolicyName }) => managed(PolicyArn, PolicyName, `${kind}/${name}`));
  return { ok: true, value: await Promise.all(policies) };
}

async function inline(reading: Reading, kind: Kind, name: string): Promise<Answer<Policy[]>> {
  const { member, inline: listing, document: read } = holders[kind];
  const list = await readList(reading, listing, { [member]: name });
  if (!list.ok) return list;
  const policies = list.value.map(async (PolicyName): Promise<Policy> => {
    const answer = await readAnswer(reading, read, { [member]: name, PolicyName });
    return {
      name: PolicyName,
      attachedTo: `${kind}/${name}`,
      ...(answer.ok ? { document: answer.value.PolicyDocument } : { document: null, unreadable: reasonOf(answer) }),
    };
  });
  return { ok: true, value: await Promise.all(policies) };
}

async function groupPolicies(
  reading: Reading,
  managed: ManagedPolicyReader,
  UserName: string,
): Promise<Answer<Policy[]>> {
  const groups = await readList(reading, "iam:ListGroupsForUser", { UserName });
  if (!groups.ok) return groups;
  const lists = groups.value.flatMap(({ GroupName }) =>
    ownPolicies(reading, managed, "group", GroupName).map(async (list) => orGap(await list, "group", GroupName)),
  );
  return { ok: true, value: (await Promise.all(lists)).flat() };
}
