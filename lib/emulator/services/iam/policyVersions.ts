import type { Call, Operation, Output } from "../../Call.js";
import { flagOf, requiredText } from "../../input.js";
import { page } from "../../page.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldManagedPolicy } from "../../World.js";
import { allowedPolicy, missingVersion, ownPolicy } from "./allowedPolicy.js";
import { createDate, readableText } from "./answers.js";
import { managedDocument } from "./policyDocument.js";
import { urlEncoded } from "./urlEncoded.js";

const versionLimit = 5;

export function shownVersion({ id, isDefault }: WorldManagedPolicy["versions"][number]): Output {
  return { VersionId: id, IsDefaultVersion: isDefault, CreateDate: createDate };
}

function namedVersion(call: Call, { arn, versions }: WorldManagedPolicy): WorldManagedPolicy["versions"][number] {
  const id = requiredText(call.input, "VersionId");
  if (!/^v[1-9]\d*(\.[A-Za-z\d-]*)?$/.test(id)) {
    throw new ServiceError(
      "ValidationError",
      "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
    );
  }
  const version = versions.find((one) => one.id === id);
  if (version !== undefined) return version;
  throw missingVersion(arn, id);
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

/** @see aws-behaviour, iam-answers */
export const policyVersions: Record<string, Operation> = {
  GetPolicyVersion,
  ListPolicyVersions,
  CreatePolicyVersion,
  SetDefaultPolicyVersion,
  DeletePolicyVersion,
};
