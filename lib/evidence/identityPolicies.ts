import type { Answer } from "../aws/Answer.js";
import { reasonOf } from "../aws/Answer.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { ManagedPolicyReader } from "./managedPolicy.js";
import { allPages, type Reading } from "./Reading.js";

type Kind = "role" | "user" | "group";

/** The attached and inline policies of a role or user, and for a user those of its groups, all side by side. */
export async function identityPolicies(
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
  // A list that could not be read stands as one policy without a document, so that its siblings still count.
  const policies = lists.flatMap((list): Policy[] =>
    list.ok
      ? list.value
      : [
          {
            name: `policies of ${kind}/${name}`,
            attachedTo: `${kind}/${name}`,
            document: null,
            unreadable: reasonOf(list),
          },
        ],
  );
  return { status: "read", value: policies };
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
  const { client, module } = await reading.clients.iam();
  const list = await allPages(
    (Marker) =>
      reading.reader.ask(`iam:ListAttached${capital(kind)}Policies`, async (abortSignal) => {
        switch (kind) {
          case "role":
            return client.send(new module.ListAttachedRolePoliciesCommand({ RoleName: name, Marker }), { abortSignal });
          case "user":
            return client.send(new module.ListAttachedUserPoliciesCommand({ UserName: name, Marker }), { abortSignal });
          case "group":
            return client.send(new module.ListAttachedGroupPoliciesCommand({ GroupName: name, Marker }), {
              abortSignal,
            });
        }
      }),
    (page) => page.AttachedPolicies,
    (page) => (page.IsTruncated ? (page.Marker ?? null) : undefined),
  );
  if (!list.ok) return list;
  return {
    ok: true,
    value: await Promise.all(
      list.value.map(({ PolicyArn = "", PolicyName }) => managed(PolicyArn, PolicyName, `${kind}/${name}`)),
    ),
  };
}

async function inline(reading: Reading, kind: Kind, name: string): Promise<Answer<Policy[]>> {
  const { client, module } = await reading.clients.iam();
  const list = await allPages(
    (Marker) =>
      reading.reader.ask(`iam:List${capital(kind)}Policies`, async (abortSignal) => {
        switch (kind) {
          case "role":
            return client.send(new module.ListRolePoliciesCommand({ RoleName: name, Marker }), { abortSignal });
          case "user":
            return client.send(new module.ListUserPoliciesCommand({ UserName: name, Marker }), { abortSignal });
          case "group":
            return client.send(new module.ListGroupPoliciesCommand({ GroupName: name, Marker }), { abortSignal });
        }
      }),
    (page) => page.PolicyNames,
    (page) => (page.IsTruncated ? (page.Marker ?? null) : undefined),
  );
  if (!list.ok) return list;
  return {
    ok: true,
    value: await Promise.all(list.value.map((PolicyName) => inlinePolicy(reading, kind, name, PolicyName))),
  };
}

async function inlinePolicy(
  { clients, reader }: Reading,
  kind: Kind,
  name: string,
  PolicyName: string,
): Promise<Policy> {
  const { client, module } = await clients.iam();
  const answer = await reader.ask(`iam:Get${capital(kind)}Policy`, async (abortSignal) => {
    switch (kind) {
      case "role":
        return client.send(new module.GetRolePolicyCommand({ RoleName: name, PolicyName }), { abortSignal });
      case "user":
        return client.send(new module.GetUserPolicyCommand({ UserName: name, PolicyName }), { abortSignal });
      case "group":
        return client.send(new module.GetGroupPolicyCommand({ GroupName: name, PolicyName }), { abortSignal });
    }
  });
  const about = { name: PolicyName, attachedTo: `${kind}/${name}` };
  if (!answer.ok) return { ...about, document: null, unreadable: reasonOf(answer) };
  const document = answer.value.PolicyDocument;
  return document === undefined
    ? { ...about, document: null, unreadable: "the answer held no document" }
    : { ...about, document };
}

async function groupPolicies(
  reading: Reading,
  managed: ManagedPolicyReader,
  UserName: string,
): Promise<Answer<Policy[]>> {
  const { client, module } = await reading.clients.iam();
  const groups = await allPages(
    (Marker) =>
      reading.reader.ask("iam:ListGroupsForUser", (abortSignal) =>
        client.send(new module.ListGroupsForUserCommand({ UserName, Marker }), { abortSignal }),
      ),
    (page) => page.Groups,
    (page) => (page.IsTruncated ? (page.Marker ?? null) : undefined),
  );
  if (!groups.ok) return groups;
  const lists = await Promise.all(
    groups.value.flatMap(({ GroupName = "" }) =>
      ownPolicies(reading, managed, "group", GroupName).map(async (list) => ({ GroupName, list: await list })),
    ),
  );
  return {
    ok: true,
    value: lists.flatMap(({ GroupName, list }): Policy[] =>
      list.ok
        ? list.value
        : [
            {
              name: `policies of group/${GroupName}`,
              attachedTo: `group/${GroupName}`,
              document: null,
              unreadable: reasonOf(list),
            },
          ],
    ),
  };
}

function capital(kind: Kind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
