import type { Call, Input, Operation, Output } from "../Call.js";
import { documentText } from "../documentText.js";
import { requiredText } from "../input.js";
import { page } from "../page.js";
import { accountOf, byName, groupArn, holderId, managedPolicy, roleArn, userArn } from "../principals.js";
import { requireAllowed } from "../requireAllowed.js";
import { ServiceError } from "../ServiceError.js";
import { simulatePrincipalPolicy } from "../simulation/simulatePrincipalPolicy.js";
import { uniqueId } from "../uniqueId.js";
import type {
  WorldDocument,
  WorldGroup,
  WorldManagedPolicy,
  WorldPolicyHolder,
  WorldPrincipal,
  WorldRole,
  WorldUser,
} from "../World.js";

/** When everything in a world was made, as far as anybody asks. */
const created = new Date("2026-01-01T00:00:00Z");

/** RFC 3986: IAM escapes also what encodeURIComponent leaves alone. */
export function urlEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

interface Held<T> {
  holder: T;
  arn: string;
  /** As IAM's messages name it: "role Deployer". */
  shown: string;
}

function notFound(kind: string, name: string): ServiceError {
  return new ServiceError("NoSuchEntity", `The ${kind} with name ${name} cannot be found.`, 404);
}

function role({ state, session }: Call, input: Input): Held<WorldRole> {
  const name = requiredText(input, "RoleName");
  const found = byName(accountOf(state.world, session.accountId).roles, name);
  const holder = found ?? { name, inlinePolicies: [], attachedPolicies: [], tags: {} };
  return { holder, arn: roleArn(state.world, session.accountId, holder), shown: `role ${name}` };
}

function user({ state, session }: Call, input: Input): Held<WorldUser> {
  const name = requiredText(input, "UserName");
  const found = byName(accountOf(state.world, session.accountId).users, name);
  const holder = found ?? { name, groups: [], accessKeys: [], inlinePolicies: [], attachedPolicies: [], tags: {} };
  return { holder, arn: userArn(state.world, session.accountId, holder), shown: `user ${name}` };
}

function group({ state, session }: Call, input: Input): Held<WorldGroup> {
  const name = requiredText(input, "GroupName");
  const found = byName(accountOf(state.world, session.accountId).groups, name);
  const holder = found ?? { name, inlinePolicies: [], attachedPolicies: [] };
  return { holder, arn: groupArn(state.world, session.accountId, holder), shown: `group ${name}` };
}

type Finder<T extends WorldPolicyHolder> = (call: Call, input: Input) => Held<T>;

/** Permission is asked for before anybody is told whether the thing exists. */
function reading<T extends WorldPolicyHolder>(find: Finder<T>, read: (call: Call, held: Held<T>) => Output): Operation {
  return (call) => {
    const held = find(call, call.input);
    requireAllowed(call, {
      action: `iam:${call.operation}`,
      resource: held.arn,
      shownResource: held.shown.startsWith("policy") ? held.arn : held.shown,
    });
    if (!exists(call, held.holder)) {
      const [kind = "", ...name] = held.shown.split(" ");
      throw notFound(kind, name.join(" "));
    }
    return read(call, held);
  };
}

function exists({ state, session }: Call, holder: WorldPolicyHolder): boolean {
  const { users, roles, groups } = accountOf(state.world, session.accountId);
  return [...users, ...roles, ...groups].some((one) => one === holder);
}

const attached: (call: Call, held: Held<WorldPolicyHolder>) => Output = (call, { holder }) => {
  const { items, ...rest } = page(call, holder.attachedPolicies);
  return {
    AttachedPolicies: items.map((arn) => ({ PolicyName: arn.split("/").at(-1) ?? arn, PolicyArn: arn })),
    ...rest,
  };
};

const inlineNames: (call: Call, held: Held<WorldPolicyHolder>) => Output = (call, { holder }) => {
  const { items, ...rest } = page(
    call,
    holder.inlinePolicies.map(({ name }) => name),
  );
  return { PolicyNames: items, ...rest };
};

function inlinePolicy(owner: "RoleName" | "UserName" | "GroupName") {
  return ({ input }: Call, { holder }: Held<WorldPolicyHolder>): Output => {
    const name = requiredText(input, "PolicyName");
    const policy = holder.inlinePolicies.find((one) => one.name === name);
    if (policy === undefined) throw notFound(`${owner.slice(0, -4).toLowerCase()} policy`, name);
    return { [owner]: holder.name, PolicyName: name, PolicyDocument: urlEncoded(readable(policy.document)) };
  };
}

function readable(document: WorldDocument): string {
  const text = documentText(document);
  if (text === null)
    throw new ServiceError("AccessDenied", "The emulator's world refuses this document to readers.", 403);
  return text;
}

function boundaryOf({ permissionsBoundary }: WorldPrincipal): Output | undefined {
  if (permissionsBoundary === undefined) return undefined;
  return { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: permissionsBoundary };
}

function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] | undefined {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? undefined : list;
}

function shownRole({ holder, arn }: Held<WorldRole>): Output {
  return {
    Path: holder.path ?? "/",
    RoleName: holder.name,
    RoleId: holderId("AROA", arn, holder),
    Arn: arn,
    CreateDate: created,
    AssumeRolePolicyDocument: urlEncoded(
      documentText(holder.trustPolicy ?? { Version: "2012-10-17", Statement: [] }) ?? "",
    ),
    Description: holder.description,
    MaxSessionDuration: holder.maxSessionDuration ?? 3600,
    PermissionsBoundary: boundaryOf(holder),
    Tags: tagList(holder.tags),
  };
}

function shownUser({ holder, arn }: Held<WorldUser>): Output {
  return {
    Path: holder.path ?? "/",
    UserName: holder.name,
    UserId: holderId("AIDA", arn, holder),
    Arn: arn,
    CreateDate: created,
    PermissionsBoundary: boundaryOf(holder),
    Tags: tagList(holder.tags),
  };
}

function policyById(call: Call): { policy: WorldManagedPolicy; arn: string } {
  const arn = requiredText(call.input, "PolicyArn");
  requireAllowed(call, {
    action: `iam:${call.operation}`,
    resource: arn,
    shownResource: `policy ${arn}`,
  });
  const policy = managedPolicy(call.state.world, arn);
  const owner = arn.split(":")[4];
  if (policy === null || (owner !== "aws" && owner !== call.session.accountId)) {
    throw new ServiceError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
  }
  return { policy, arn };
}

const GetPolicy: Operation = (call) => {
  const { policy, arn } = policyById(call);
  return {
    Policy: {
      PolicyName: policy.name,
      PolicyId: policy.id ?? uniqueId("ANPA", arn),
      Arn: arn,
      Path: policy.path ?? "/",
      DefaultVersionId: policy.versions.find(({ isDefault }) => isDefault)?.id ?? "v1",
      AttachmentCount: attachments(call, arn),
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: policy.description,
      CreateDate: created,
      UpdateDate: created,
      Tags: tagList(policy.tags ?? {}),
    },
  };
};

function attachments({ state, session }: Call, arn: string): number {
  const { users, roles, groups } = accountOf(state.world, session.accountId);
  return [...users, ...roles, ...groups].filter(({ attachedPolicies }) => attachedPolicies.includes(arn)).length;
}

const GetPolicyVersion: Operation = (call) => {
  const { policy, arn } = policyById(call);
  const id = requiredText(call.input, "VersionId");
  const version = policy.versions.find((one) => one.id === id);
  if (version === undefined) {
    throw new ServiceError("NoSuchEntity", `Policy ${arn} version ${id} does not exist or is not attachable.`, 404);
  }
  return {
    PolicyVersion: {
      Document: urlEncoded(readable(version.document)),
      VersionId: version.id,
      IsDefaultVersion: version.isDefault,
      CreateDate: created,
    },
  };
};

const GetUser: Operation = (call) => {
  // Without a name, IAM answers for the caller.
  const name = call.input.UserName ?? (call.session.kind === "user" ? call.session.principalName : undefined);
  return reading(user, (_, held) => ({ User: shownUser(held) }))({ ...call, input: { ...call.input, UserName: name } });
};

export const iam: Record<string, Operation> = {
  GetRole: reading(role, (_, held) => ({ Role: shownRole(held) })),
  GetUser,
  ListRoleTags: reading(role, (call, { holder }) => tagsPage(call, holder)),
  ListUserTags: reading(user, (call, { holder }) => tagsPage(call, holder)),
  ListAttachedRolePolicies: reading(role, attached),
  ListAttachedUserPolicies: reading(user, attached),
  ListAttachedGroupPolicies: reading(group, attached),
  ListRolePolicies: reading(role, inlineNames),
  ListUserPolicies: reading(user, inlineNames),
  ListGroupPolicies: reading(group, inlineNames),
  GetRolePolicy: reading(role, inlinePolicy("RoleName")),
  GetUserPolicy: reading(user, inlinePolicy("UserName")),
  GetGroupPolicy: reading(group, inlinePolicy("GroupName")),
  ListGroupsForUser: reading(user, groupsForUser),
  GetPolicy,
  GetPolicyVersion,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
};

function tagsPage(call: Call, holder: WorldPrincipal): Output {
  const { items, ...rest } = page(call, Object.entries(holder.tags));
  return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...rest };
}

function groupsForUser(call: Call, { holder }: Held<WorldUser>): Output {
  const { world } = call.state;
  const { accountId } = call.session;
  const groups = accountOf(world, accountId).groups.filter(({ name }) => holder.groups.includes(name));
  const { items, ...rest } = page(call, groups);
  return {
    Groups: items.map((one) => {
      const arn = groupArn(world, accountId, one);
      return {
        Path: one.path ?? "/",
        GroupName: one.name,
        GroupId: holderId("AGPA", arn, one),
        Arn: arn,
        CreateDate: created,
      };
    }),
    ...rest,
  };
}
