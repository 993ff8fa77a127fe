import { awsOrganizationPolicies } from "../../awsManagedPolicies.js";
import type { Call, Operation } from "../../Call.js";
import { requiredText, tagsOf, textOf } from "../../input.js";
import { tokenPage } from "../../limitedPage.js";
import { newHexId } from "../../newId.js";
import { organizationPolicy } from "../../organizations.js";
import { ServiceError } from "../../ServiceError.js";
import { servedText } from "../../servedText.js";
import type { WorldOrganization, WorldOrganizationPolicy, WorldTarget } from "../../World.js";
import { administered, administeredOne, administeredTarget, missingError } from "./administered.js";
import { requirePolicyContent } from "./policyContent.js";
import { isAwsManaged, policySummary, shownRoot } from "./shown.js";

type PolicyType = WorldOrganizationPolicy["type"];

const flags = { SERVICE_CONTROL_POLICY: "serviceControl", RESOURCE_CONTROL_POLICY: "resourceControl" } as const;
const fullAccess = {
  SERVICE_CONTROL_POLICY: "p-FullAWSAccess",
  RESOURCE_CONTROL_POLICY: "p-RCPFullAWSAccess",
} as const;

/** @throws ServiceError InvalidInputException for the types that are none of authorization */
function policyType({ input }: Call, member: string): PolicyType {
  const type = requiredText(input, member, "InvalidInputException");
  if (type === "SERVICE_CONTROL_POLICY" || type === "RESOURCE_CONTROL_POLICY") return type;
  throw new ServiceError("InvalidInputException", `The emulator knows no policies of the type ${type}.`, 400, {
    Reason: "INVALID_ENUM_POLICY_TYPE",
  });
}

const CreatePolicy: Operation = (call) => {
  const organization = administeredOne(call);
  const type = policyType(call, "Type");
  const name = requiredText(call.input, "Name", "InvalidInputException");
  const content = requiredText(call.input, "Content", "InvalidInputException");
  requirePolicyContent(type, content);
  requireFreeName(organization, type, name, null);
  const made: WorldOrganizationPolicy = {
    id: newHexId("p-", 8),
    name,
    type,
    description: textOf(call.input, "Description") ?? "",
    tags: tagsOf(call.input),
    document: content,
  };
  organization.policies.push(made);
  return { Policy: { PolicySummary: policySummary(call.state.world, organization, made), Content: content } };
};

function requireFreeName({ policies }: WorldOrganization, type: PolicyType, name: string, but: unknown): void {
  if (!policies.some((one) => one !== but && one.type === type && one.name === name)) return;
  throw new ServiceError("DuplicatePolicyException", "A policy with the same name already exists.");
}

/** The policy that a call names, with its organization. */
function namedPolicy(call: Call): { organization: WorldOrganization; policy: WorldOrganizationPolicy } {
  const id = requiredText(call.input, "PolicyId", "InvalidInputException");
  for (const organization of administered(call)) {
    const policy = organizationPolicy(organization, id);
    if (policy !== null) return { organization, policy };
  }
  throw missingError("policy");
}

/** One that AWS did not make, so that it can be changed. */
function ownPolicy(call: Call): { organization: WorldOrganization; policy: WorldOrganizationPolicy } {
  const named = namedPolicy(call);
  if (!isAwsManaged(named.policy.id)) return named;
  throw new ServiceError("PolicyChangesNotAllowedException", "The policy is managed by AWS and cannot be changed.");
}

const DescribePolicy: Operation = (call) => {
  const { organization, policy } = namedPolicy(call);
  const text = servedText(policy.document);
  if (text === null) {
    throw new ServiceError("AccessDeniedException", "The emulator's world refuses this document to readers.");
  }
  return { Policy: { PolicySummary: policySummary(call.state.world, organization, policy), Content: text } };
};

const UpdatePolicy: Operation = (call) => {
  const { organization, policy } = ownPolicy(call);
  const content = textOf(call.input, "Content");
  const name = textOf(call.input, "Name");
  if (content !== undefined) requirePolicyContent(policy.type, content);
  if (name !== undefined) requireFreeName(organization, policy.type, name, policy);
  policy.document = content ?? policy.document;
  policy.name = name ?? policy.name;
  policy.description = textOf(call.input, "Description") ?? policy.description ?? "";
  return {
    Policy: {
      PolicySummary: policySummary(call.state.world, organization, policy),
      Content: servedText(policy.document) ?? "",
    },
  };
};

const DeletePolicy: Operation = (call) => {
  const { organization, policy } = ownPolicy(call);
  if (organization.targets.some(({ policies }) => policies.includes(policy.id))) {
    throw new ServiceError(
      "PolicyInUseException",
      "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.",
    );
  }
  organization.policies.splice(organization.policies.indexOf(policy), 1);
  return {};
};

const ListPolicies: Operation = (call) => {
  const organization = administeredOne(call);
  const type = policyType(call, "Filter");
  const all = [...Object.values(awsOrganizationPolicies), ...organization.policies].filter((one) => one.type === type);
  const { items, ...rest } = tokenPage(call, all, 20);
  return { Policies: items.map((policy) => policySummary(call.state.world, organization, policy)), ...rest };
};

/** The target that a call names, in the organization of the policy. */
function targetIn({ targets }: WorldOrganization, { input }: Call): WorldTarget {
  const id = requiredText(input, "TargetId", "InvalidInputException");
  const target = targets.find((one) => one.id === id);
  if (target === undefined) throw missingError("target");
  return target;
}

function policiesOn(organization: WorldOrganization, { policies }: WorldTarget, type: PolicyType) {
  return policies.flatMap((id) => {
    const policy = organizationPolicy(organization, id);
    return policy !== null && policy.type === type ? [policy] : [];
  });
}

function requireEnabled({ policyTypes }: WorldOrganization, type: PolicyType): void {
  if (policyTypes[flags[type]]) return;
  throw new ServiceError(
    "PolicyTypeNotEnabledException",
    "This operation can be performed only for enabled policy types.",
  );
}

const AttachPolicy: Operation = (call) => {
  const { organization, policy } = namedPolicy(call);
  const target = targetIn(organization, call);
  requireEnabled(organization, policy.type);
  if (target.policies.includes(policy.id)) {
    throw new ServiceError(
      "DuplicatePolicyAttachmentException",
      "A policy with the same name already is attached to the target.",
    );
  }
  target.policies.push(policy.id);
  return {};
};

const DetachPolicy: Operation = (call) => {
  const { organization, policy } = namedPolicy(call);
  const target = targetIn(organization, call);
  requireEnabled(organization, policy.type);
  if (!target.policies.includes(policy.id)) {
    throw new ServiceError(
      "PolicyNotAttachedException",
      "The policy isn't attached to the specified target in the specified root.",
    );
  }
  const isLast = policy.type === "SERVICE_CONTROL_POLICY" && policiesOn(organization, target, policy.type).length === 1;
  if (isLast || policy.id === "p-RCPFullAWSAccess") {
    throw new ServiceError(
      "ConstraintViolationException",
      "You cannot remove the last policy attached to the specified target. You should have at least one attached at all times.",
      400,
      { Reason: "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED" },
    );
  }
  target.policies = target.policies.filter((id) => id !== policy.id);
  return {};
};

const ListPoliciesForTarget: Operation = (call) => {
  const id = requiredText(call.input, "TargetId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "target");
  const type = policyType(call, "Filter");
  const { items, ...rest } = tokenPage(call, policiesOn(organization, target, type), 20);
  return { Policies: items.map((policy) => policySummary(call.state.world, organization, policy)), ...rest };
};

const ListTargetsForPolicy: Operation = (call) => {
  const { organization, policy } = namedPolicy(call);
  const targets = organization.targets.filter(({ policies }) => policies.includes(policy.id));
  const { items, ...rest } = tokenPage(call, targets, 20);
  return { Targets: items.map(({ id, name, type }) => ({ TargetId: id, Name: name ?? id, Type: type })), ...rest };
};

/** The root whose policy types a call switches. */
function switchedRoot(call: Call): { organization: WorldOrganization; root: WorldTarget; type: PolicyType } {
  const organization = administeredOne(call);
  const id = requiredText(call.input, "RootId", "InvalidInputException");
  const root = organization.targets.find((one) => one.type === "ROOT" && one.id === id);
  if (root === undefined) {
    throw new ServiceError("RootNotFoundException", "You specified a root that doesn't exist.");
  }
  return { organization, root, type: policyType(call, "PolicyType") };
}

/** Everything in the tree gets the policy that allows everything. */
const EnablePolicyType: Operation = (call) => {
  const { organization, root, type } = switchedRoot(call);
  if (organization.policyTypes[flags[type]]) {
    throw new ServiceError(
      "PolicyTypeAlreadyEnabledException",
      "The specified policy type is already enabled in the specified root.",
    );
  }
  organization.policyTypes[flags[type]] = true;
  for (const target of organization.targets) {
    if (!target.policies.includes(fullAccess[type])) target.policies.push(fullAccess[type]);
  }
  return { Root: shownRoot(call.state.world, organization, root) };
};

/** What is attached is lost. */
const DisablePolicyType: Operation = (call) => {
  const { organization, root, type } = switchedRoot(call);
  requireEnabled(organization, type);
  organization.policyTypes[flags[type]] = false;
  for (const target of organization.targets) {
    const lost = policiesOn(organization, target, type).map(({ id }) => id);
    target.policies = target.policies.filter((id) => !lost.includes(id));
  }
  return { Root: shownRoot(call.state.world, organization, root) };
};

export const organizationPolicies: Record<string, Operation> = {
  CreatePolicy,
  DescribePolicy,
  UpdatePolicy,
  DeletePolicy,
  ListPolicies,
  AttachPolicy,
  DetachPolicy,
  ListPoliciesForTarget,
  ListTargetsForPolicy,
  EnablePolicyType,
  DisablePolicyType,
};
