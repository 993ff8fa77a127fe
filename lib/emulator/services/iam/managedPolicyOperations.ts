import { isAwsOwned } from "../../../facts/arn.js";
import { awsManagedPolicies } from "../../awsManagedPolicies.js";
import type { Call, Operation, Output } from "../../Call.js";
import { derivedId } from "../../derivedId.js";
import { flagOf, tagsOf, textOf, textsOf } from "../../input.js";
import { newId } from "../../newId.js";
import { page } from "../../page.js";
import { accountOf, byName, groupArn, holderId, managedPolicy, roleArn, userArn } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldManagedPolicy, WorldPolicyHolder } from "../../World.js";
import { allowedPolicy, ownPolicy } from "./allowedPolicy.js";
import { createDate, shownTags } from "./answers.js";
import { newName } from "./newName.js";
import { managedDocument } from "./policyDocument.js";
import { withTags } from "./withTags.js";

/** As lists have it: without description and tags. */
export function listedPolicy(call: Call, policy: WorldManagedPolicy): Output {
  const { state, session } = call;
  const { users, roles, groups } = accountOf(state.world, session.accountId);
  const { arn } = policy;
  return {
    PolicyName: policy.name,
    PolicyId: policy.id ?? derivedId("ANPA", arn),
    Arn: arn,
    Path: policy.path ?? "/",
    DefaultVersionId: policy.versions.find(({ isDefault }) => isDefault)?.id ?? "v1",
    AttachmentCount: [...users, ...roles, ...groups].filter(({ attachedPolicies }) => attachedPolicies.includes(arn))
      .length,
    PermissionsBoundaryUsageCount: [...users, ...roles].filter(({ permissionsBoundary }) => permissionsBoundary === arn)
      .length,
    IsAttachable: true,
    CreateDate: createDate,
    UpdateDate: createDate,
  };
}

const CreatePolicy: Operation = (call) => {
  const { state, session, input } = call;
  const { name, path } = newName(call, "PolicyName");
  const arn = `arn:${state.world.partition}:iam::${session.accountId}:policy${path}${name}`;
  requireAllowed(call, {
    action: "iam:CreatePolicy",
    resource: arn,
    shownResource: `policy ${name}`,
    context: requestTagContext(call),
  });
  const document = managedDocument(call, "PolicyDocument");
  const { policies } = accountOf(state.world, session.accountId);
  if (byName(policies, name) !== undefined) {
    const message = `A policy called ${name} already exists. Duplicate names are not allowed.`;
    throw new ServiceError("EntityAlreadyExists", message, 409);
  }
  const description = textOf(input, "Description");
  const made: WorldManagedPolicy = {
    name,
    arn,
    path,
    id: newId("ANPA"),
    tags: tagsOf(input),
    ...(description !== undefined && { description }),
    versions: [{ id: "v1", document, isDefault: true }],
  };
  policies.push(made);
  return { Policy: { ...listedPolicy(call, made), Tags: shownTags(made.tags ?? {}) } };
};

const GetPolicy: Operation = (call) => {
  const policy = allowedPolicy(call);
  const Tags = shownTags(policy.tags ?? {}) ?? [];
  return { Policy: { ...listedPolicy(call, policy), Description: policy.description, Tags } };
};

const DeletePolicy: Operation = (call) => {
  const policy = ownPolicy(call);
  const { policies, users, roles, groups } = accountOf(call.state.world, call.session.accountId);
  const isAttached = [...users, ...roles, ...groups].some(({ attachedPolicies }) =>
    attachedPolicies.includes(policy.arn),
  );
  const isBoundary = [...users, ...roles].some(({ permissionsBoundary }) => permissionsBoundary === policy.arn);
  if (isAttached || isBoundary) {
    throw new ServiceError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
  }
  if (policy.versions.length > 1) {
    throw new ServiceError(
      "DeleteConflict",
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      409,
    );
  }
  policies.splice(policies.indexOf(policy), 1);
  return undefined;
};

const ListPolicies: Operation = (call) => {
  const { state, session, input } = call;
  requireAllowed(call, { action: "iam:ListPolicies", resource: "*" });
  const scope = textOf(input, "Scope") ?? "All";
  const own = accountOf(state.world, session.accountId).policies.filter(({ arn }) => !isAwsOwned(arn));
  const ofAws = Object.keys(awsManagedPolicies).flatMap(
    (name) => managedPolicy(state.world, `arn:${state.world.partition}:iam::aws:policy/${name}`) ?? [],
  );
  const all = [...(scope === "AWS" ? [] : own), ...(scope === "Local" ? [] : ofAws)];
  const prefix = textOf(input, "PathPrefix") ?? "/";
  const usage = textOf(input, "PolicyUsageFilter");
  const isUsed = ({ AttachmentCount: attached, PermissionsBoundaryUsageCount: bounding }: Output) =>
    (usage !== "PermissionsBoundary" && attached !== 0) || (usage !== "PermissionsPolicy" && bounding !== 0);
  const shown = all.filter(({ path = "/" }) => path.startsWith(prefix)).map((policy) => listedPolicy(call, policy));
  // The usage matters only where attached policies are asked for (aws-behaviour, iam-policy-lists).
  const wanted = flagOf(input, "OnlyAttached") === true ? shown.filter(isUsed) : shown;
  const { items, ...rest } = page(call, wanted);
  return { Policies: items, ...rest };
};

const TagPolicy: Operation = (call) => {
  const policy = ownPolicy(call);
  policy.tags = withTags(policy.tags ?? {}, tagsOf(call.input));
  return undefined;
};

const UntagPolicy: Operation = (call) => {
  const policy = ownPolicy(call);
  const keys = textsOf(call.input, "TagKeys") ?? [];
  policy.tags = Object.fromEntries(Object.entries(policy.tags ?? {}).filter(([key]) => !keys.includes(key)));
  return undefined;
};

const ListPolicyTags: Operation = (call) => {
  const tags = Object.entries(allowedPolicy(call).tags ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { items, ...rest } = page(call, tags);
  return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...rest };
};

/** Whom a policy is attached to, and whose boundary it is. */
const ListEntitiesForPolicy: Operation = (call) => {
  const { state, session, input } = call;
  const { arn } = allowedPolicy(call);
  const filter = textOf(input, "EntityFilter") ?? "All";
  const usage = textOf(input, "PolicyUsageFilter");
  const prefix = textOf(input, "PathPrefix") ?? "/";
  const { users, roles, groups } = accountOf(state.world, session.accountId);
  const fits = (holder: WorldPolicyHolder & { permissionsBoundary?: string | undefined }) =>
    (holder.path ?? "/").startsWith(prefix) &&
    ((usage !== "PermissionsBoundary" && holder.attachedPolicies.includes(arn)) ||
      (usage !== "PermissionsPolicy" && holder.permissionsBoundary === arn));
  const of = <T extends WorldPolicyHolder>(kind: string, all: readonly T[]) =>
    (filter === "All" || filter === kind ? all.filter(fits) : []).map((holder) => ({ kind, holder }));
  const found = [...of("Group", groups), ...of("User", users), ...of("Role", roles)];
  const { items, ...rest } = page(call, found);
  const shown = (kind: string, prefix: "AGPA" | "AIDA" | "AROA", arnOf: (holder: WorldPolicyHolder) => string) =>
    items
      .filter((one) => one.kind === kind)
      .map(({ holder }) => ({ [`${kind}Name`]: holder.name, [`${kind}Id`]: holderId(prefix, arnOf(holder), holder) }));
  return {
    PolicyGroups: shown("Group", "AGPA", (holder) => groupArn(state.world, session.accountId, holder)),
    PolicyUsers: shown("User", "AIDA", (holder) => userArn(state.world, session.accountId, holder)),
    PolicyRoles: shown("Role", "AROA", (holder) => roleArn(state.world, session.accountId, holder)),
    ...rest,
  };
};

export const managedPolicyOperations: Record<string, Operation> = {
  CreatePolicy,
  GetPolicy,
  DeletePolicy,
  ListPolicies,
  ListEntitiesForPolicy,
  TagPolicy,
  UntagPolicy,
  ListPolicyTags,
};
