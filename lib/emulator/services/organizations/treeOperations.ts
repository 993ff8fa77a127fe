import type { Call, Operation, Output } from "../../Call.js";
import { requiredText, tagsOf } from "../../input.js";
import { tokenPage } from "../../limitedPage.js";
import { newHexId } from "../../newId.js";
import { organizationOf } from "../../organizations.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldOrganization, WorldTarget } from "../../World.js";
import { organization as newOrganization, target as newTarget } from "../../worldParts.js";
import { administeredOne, administeredTarget, initialPolicies, missingError, ownOrganization } from "./administered.js";
import { shownAccount, shownOrganization, shownRoot, shownUnit } from "./shown.js";

const CreateOrganization: Operation = (call) => {
  const { state, session } = call;
  requireAllowed(call, { action: "organizations:CreateOrganization", resource: "*" });
  if (organizationOf(state.world, session.accountId) !== null) {
    throw new ServiceError("AlreadyInOrganizationException", "The AWS account is already a member of an organization.");
  }
  const rootId = newHexId("r-", 4);
  const made = newOrganization({
    id: newHexId("o-", 10),
    managementAccountId: session.accountId,
    // Every policy type has to be enabled (aws-behaviour, organizations-policy-types).
    policyTypes: { serviceControl: false, resourceControl: false },
    targets: [
      newTarget({ id: rootId, type: "ROOT", name: "Root", policies: [] }),
      newTarget({ id: session.accountId, type: "ACCOUNT", parentId: rootId, policies: [] }),
    ],
  });
  state.world.organizations.push(made);
  return { Organization: shownOrganization(call.state.world, made) };
};

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganization.html */
const DeleteOrganization: Operation = (call) => {
  const { organizations } = call.state.world;
  const organization = administeredOne(call);
  if (organization.targets.some(({ type, id }) => type === "ACCOUNT" && id !== organization.managementAccountId)) {
    throw new ServiceError(
      "OrganizationNotEmptyException",
      "The organization isn't empty. To delete an organization, you must first remove all accounts except the management account.",
    );
  }
  organizations.splice(organizations.indexOf(organization), 1);
  return {};
};

const DescribeOrganization: Operation = (call) => {
  const organization = ownOrganization(call);
  requireAllowed(call, {
    action: "organizations:DescribeOrganization",
    resource: "*",
    resourceAccount: organization.managementAccountId,
  });
  return { Organization: shownOrganization(call.state.world, organization) };
};

const ListRoots: Operation = (call) => {
  const organization = administeredOne(call);
  const roots = organization.targets.filter(({ type }) => type === "ROOT");
  return { Roots: roots.map((root) => shownRoot(call.state.world, organization, root)) };
};

const ListParents: Operation = (call) => {
  const id = requiredText(call.input, "ChildId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "child");
  const parent = organization.targets.find((one) => one.id === target.parentId);
  return { Parents: parent === undefined ? [] : [{ Id: parent.id, Type: parent.type }] };
};

const CreateOrganizationalUnit: Operation = (call) => {
  const organization = administeredOne(call);
  const parentId = requiredText(call.input, "ParentId", "InvalidInputException");
  const name = requiredText(call.input, "Name", "InvalidInputException");
  const parent = parentIn(organization, parentId);
  const siblings = organization.targets.filter((one) => one.parentId === parent.id);
  if (siblings.some((one) => one.type === "ORGANIZATIONAL_UNIT" && one.name === name)) {
    throw new ServiceError("DuplicateOrganizationalUnitException", "An OU with the same name already exists.");
  }
  const [, root = "root"] = /^(?:r|ou)-([0-9a-z]+)/.exec(parent.id) ?? [];
  const made = newTarget({
    id: newHexId(`ou-${root}-`, 8),
    type: "ORGANIZATIONAL_UNIT",
    name,
    parentId: parent.id,
    tags: tagsOf(call.input),
    policies: initialPolicies(organization),
  });
  organization.targets.push(made);
  return { OrganizationalUnit: shownUnit(call.state.world, organization, made) };
};

function parentIn({ targets }: WorldOrganization, id: string): WorldTarget {
  const parent = targets.find((one) => one.id === id && one.type !== "ACCOUNT");
  if (parent === undefined) throw missingError("parent");
  return parent;
}

const DescribeOrganizationalUnit: Operation = (call) => {
  const id = requiredText(call.input, "OrganizationalUnitId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "organizationalUnit");
  if (target.type !== "ORGANIZATIONAL_UNIT") throw missingError("organizationalUnit");
  return { OrganizationalUnit: shownUnit(call.state.world, organization, target) };
};

const UpdateOrganizationalUnit: Operation = (call) => {
  const id = requiredText(call.input, "OrganizationalUnitId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "organizationalUnit");
  target.name = requiredText(call.input, "Name", "InvalidInputException");
  return { OrganizationalUnit: shownUnit(call.state.world, organization, target) };
};

const DeleteOrganizationalUnit: Operation = (call) => {
  const id = requiredText(call.input, "OrganizationalUnitId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "organizationalUnit");
  if (organization.targets.some(({ parentId }) => parentId === id)) {
    throw new ServiceError(
      "OrganizationalUnitNotEmptyException",
      "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.",
    );
  }
  organization.targets.splice(organization.targets.indexOf(target), 1);
  return {};
};

/** What hangs directly under a root or organizational unit. */
function childrenOf(
  call: Call,
  type: WorldTarget["type"],
): { organization: WorldOrganization; children: WorldTarget[] } {
  const parentId = requiredText(call.input, "ParentId", "InvalidInputException");
  const { organization } = administeredTarget(call, parentId, "parent");
  return {
    organization,
    children: organization.targets.filter((one) => one.parentId === parentId && one.type === type),
  };
}

const ListAccountsForParent: Operation = (call) => {
  const { organization, children } = childrenOf(call, "ACCOUNT");
  const { items, ...rest } = tokenPage(call, children, 20);
  return { Accounts: items.map((one) => shownAccount(call.state.world, organization, one)), ...rest };
};

const ListOrganizationalUnitsForParent: Operation = (call) => {
  const { organization, children } = childrenOf(call, "ORGANIZATIONAL_UNIT");
  const { items, ...rest } = tokenPage(call, children, 20);
  return { OrganizationalUnits: items.map((one) => shownUnit(call.state.world, organization, one)), ...rest };
};

const ListChildren: Operation = (call): Output => {
  const type = requiredText(call.input, "ChildType", "InvalidInputException");
  const { children } = childrenOf(call, type === "ACCOUNT" ? "ACCOUNT" : "ORGANIZATIONAL_UNIT");
  const { items, ...rest } = tokenPage(call, children, 20);
  return { Children: items.map(({ id }) => ({ Id: id, Type: type })), ...rest };
};

export const treeOperations: Record<string, Operation> = {
  CreateOrganization,
  DeleteOrganization,
  DescribeOrganization,
  ListRoots,
  ListParents,
  ListChildren,
  CreateOrganizationalUnit,
  DescribeOrganizationalUnit,
  UpdateOrganizationalUnit,
  DeleteOrganizationalUnit,
  ListOrganizationalUnitsForParent,
  ListAccountsForParent,
};
