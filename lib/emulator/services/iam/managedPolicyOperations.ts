import { isAwsOwned } from "../../../facts/arn.js";
import { arnOf } from "../../arnOf.js";
import { awsManagedPolicies } from "../../awsManagedPolicies.js";
import type { Call, Operation, Output } from "../../Call.js";
import { derivedId } from "../../derivedId.js";
import { flagOf, requiredText, tagsOf, textOf, textsOf } from "../../input.js";
import { newId } from "../../newId.js";
import { page } from "../../page.js";
import { accountOf, managedPolicy } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { tagContext } from "../../tagContext.js";
import type { WorldManagedPolicy } from "../../World.js";
import { createDate, readableText, shownTags } from "./answers.js";
import { newName, requireFree } from "./newName.js";
import { managedDocument } from "./policyDocument.js";
import { urlEncoded } from "./urlEncoded.js";

const versionLimit = 5;

/** The managed policy that a call names, after asking whether the caller may do this with it. */
function allowedPolicy(call: Call): WorldManagedPolicy {
  const arn = requiredText(call.input, "PolicyArn");
  requireAllowed(call, {
    action: `iam:${call.operation}`,
    resource: arn,
    shownResource: `policy ${arn}`,
    context: tagContext(tagsOf(call.input)),
  });
  const policy = managedPolicy(call.state.world, arn);
  const owner = arnOf(arn).accountId;
  if (policy !== null && (owner === "aws" || owner === call.session.accountId)) return policy;
  throw new ServiceError("NoSuchEntity", `Policy ${arn} was not found.`, 404);
}

/** One that is the account's own, so that it can be changed. */
function ownPolicy(call: Call): WorldManagedPolicy {
  const policy = allowedPolicy(call);
  if (arnOf(policy.arn).accountId === call.session.accountId) return policy;
  throw new ServiceError("AccessDenied", `Cannot perform the operation on the AWS managed policy ${policy.arn}.`, 403);
}

function shownPolicy(call: Call, policy: WorldManagedPolicy): Output {
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
    Description: policy.description,
    CreateDate: createDate,
    UpdateDate: createDate,
    Tags: shownTags(policy.tags ?? {}),
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
    context: tagContext(tagsOf(input)),
  });
  const document = managedDocument(call, "PolicyDocument");
  const { policies } = accountOf(state.world, session.accountId);
  requireFree(policies, "A policy called", name);
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
  return { Policy: shownPolicy(call, made) };
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
  const shown = all.map((policy) => shownPolicy(call, policy));
  const wanted =
    flagOf(input, "OnlyAttached") === true ? shown.filter(({ AttachmentCount }) => AttachmentCount !== 0) : shown;
  const { items, ...rest } = page(call, wanted);
  return { Policies: items, ...rest };
};

function shownVersion({ id, isDefault }: WorldManagedPolicy["versions"][number]): Output {
  return { VersionId: id, IsDefaultVersion: isDefault, CreateDate: createDate };
}

function namedVersion({ input }: Call, { arn, versions }: WorldManagedPolicy): WorldManagedPolicy["versions"][number] {
  const id = requiredText(input, "VersionId");
  const version = versions.find((one) => one.id === id);
  if (version !== undefined) return version;
  throw new ServiceError("NoSuchEntity", `Policy ${arn} version ${id} does not exist or is not attachable.`, 404);
}

const GetPolicyVersion: Operation = (call) => {
  const version = namedVersion(call, allowedPolicy(call));
  return { PolicyVersion: { Document: urlEncoded(readableText(version.document)), ...shownVersion(version) } };
};

const ListPolicyVersions: Operation = (call) => {
  const { items, ...rest } = page(call, allowedPolicy(call).versions.toReversed());
  return { Versions: items.map(shownVersion), ...rest };
};

const CreatePolicyVersion: Operation = (call) => {
  const policy = ownPolicy(call);
  const document = managedDocument(call, "PolicyDocument");
  if (policy.versions.length >= versionLimit) {
    throw new ServiceError(
      "LimitExceeded",
      "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
      409,
    );
  }
  const isDefault = flagOf(call.input, "SetAsDefault") === true;
  const numbers = policy.versions.map(({ id }) => Number(id.slice(1)) || 0);
  const made = { id: `v${Math.max(0, ...numbers) + 1}`, document, isDefault };
  if (isDefault) for (const version of policy.versions) version.isDefault = false;
  policy.versions.push(made);
  return { PolicyVersion: shownVersion(made) };
};

const SetDefaultPolicyVersion: Operation = (call) => {
  const policy = ownPolicy(call);
  const chosen = namedVersion(call, policy);
  for (const version of policy.versions) version.isDefault = version === chosen;
  return undefined;
};

const DeletePolicyVersion: Operation = (call) => {
  const policy = ownPolicy(call);
  const version = namedVersion(call, policy);
  if (version.isDefault) {
    throw new ServiceError("DeleteConflict", "Cannot delete the default version of a policy.", 409);
  }
  policy.versions.splice(policy.versions.indexOf(version), 1);
  return undefined;
};

const TagPolicy: Operation = (call) => {
  const policy = ownPolicy(call);
  policy.tags = { ...policy.tags, ...tagsOf(call.input) };
  return undefined;
};

const UntagPolicy: Operation = (call) => {
  const policy = ownPolicy(call);
  const keys = textsOf(call.input, "TagKeys") ?? [];
  policy.tags = Object.fromEntries(Object.entries(policy.tags ?? {}).filter(([key]) => !keys.includes(key)));
  return undefined;
};

const ListPolicyTags: Operation = (call) => {
  const { items, ...rest } = page(call, Object.entries(allowedPolicy(call).tags ?? {}));
  return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...rest };
};

export const managedPolicyOperations: Record<string, Operation> = {
  CreatePolicy,
  GetPolicy: (call) => ({ Policy: shownPolicy(call, allowedPolicy(call)) }),
  DeletePolicy,
  ListPolicies,
  TagPolicy,
  UntagPolicy,
  ListPolicyTags,
  GetPolicyVersion,
  ListPolicyVersions,
  CreatePolicyVersion,
  SetDefaultPolicyVersion,
  DeletePolicyVersion,
};
