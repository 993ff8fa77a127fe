import { rootArn } from "../../../facts/arn.js";
import type { Operation } from "../../Call.js";
import { requiredText, tagsOf } from "../../input.js";
import { tokenPage } from "../../limitedPage.js";
import { newHexId } from "../../newId.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldAccount } from "../../World.js";
import { account, target as newTarget, role } from "../../worldParts.js";
import {
  administered,
  administeredOne,
  administeredTarget,
  initialPolicies,
  missingError,
  ownOrganization,
} from "./administered.js";
import { shownAccount } from "./shown.js";

/** A new account has the role by which the management account gets in. */
const CreateAccount: Operation = (call) => {
  const { state, input } = call;
  const { world } = state;
  const organization = administeredOne(call);
  const name = requiredText(input, "AccountName", "InvalidInputException");
  const email = requiredText(input, "Email", "InvalidInputException");
  const id = freeAccountId(world.accounts);
  const roleName = typeof input.RoleName === "string" ? input.RoleName : "OrganizationAccountAccessRole";
  world.accounts.push(
    account({
      id,
      name,
      roles: [
        role({
          name: roleName,
          attachedPolicies: [`arn:${world.partition}:iam::aws:policy/AdministratorAccess`],
          trustPolicy: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: rootArn(world.partition, organization.managementAccountId) },
                Action: "sts:AssumeRole",
              },
            ],
          },
        }),
      ],
    }),
  );
  const root = organization.targets.find(({ type }) => type === "ROOT");
  organization.targets.push(
    newTarget({
      id,
      type: "ACCOUNT",
      name,
      email,
      parentId: root?.id ?? null,
      tags: tagsOf(input),
      policies: initialPolicies(organization),
    }),
  );
  // The request's id holds the account's, so that its status can be told later.
  const told = { Id: `car-${id}${newHexId("", 20)}`, AccountName: name, RequestedTimestamp: new Date() };
  return { CreateAccountStatus: { ...told, State: "IN_PROGRESS" } };
};

function freeAccountId(accounts: readonly WorldAccount[]): string {
  for (;;) {
    const id = String(Math.floor(Math.random() * 9e11) + 1e11);
    if (!accounts.some((one) => one.id === id)) return id;
  }
}

const DescribeCreateAccountStatus: Operation = (call) => {
  const requestId = requiredText(call.input, "CreateAccountRequestId", "InvalidInputException");
  const organization = administeredOne(call);
  const id = /^car-(\d{12})/.exec(requestId)?.[1];
  const made = organization.targets.find((one) => one.id === id);
  if (made === undefined) {
    throw new ServiceError(
      "CreateAccountStatusNotFoundException",
      "We can't find a create account request with the CreateAccountRequestId that you specified.",
    );
  }
  return { CreateAccountStatus: { Id: requestId, AccountName: made.name, State: "SUCCEEDED", AccountId: made.id } };
};

const MoveAccount: Operation = (call) => {
  const id = requiredText(call.input, "AccountId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "account");
  const source = requiredText(call.input, "SourceParentId", "InvalidInputException");
  const destination = requiredText(call.input, "DestinationParentId", "InvalidInputException");
  if (target.parentId !== source) {
    throw new ServiceError(
      "SourceParentNotFoundException",
      "You specified a source root or OU that doesn't hold the account.",
    );
  }
  if (!organization.targets.some((one) => one.id === destination && one.type !== "ACCOUNT")) {
    throw new ServiceError(
      "DestinationParentNotFoundException",
      "We can't find the destination container (a root or OU) with the ParentId that you specified.",
    );
  }
  target.parentId = destination;
  return {};
};

const DescribeAccount: Operation = (call) => {
  const id = requiredText(call.input, "AccountId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "account");
  if (target.type !== "ACCOUNT") throw missingError("account");
  return { Account: shownAccount(call.state.world, organization, target) };
};

const ListAccounts: Operation = (call) => {
  const organization = administeredOne(call);
  const accounts = organization.targets.filter(({ type }) => type === "ACCOUNT");
  const { items, ...rest } = tokenPage(call, accounts, 20);
  return { Accounts: items.map((one) => shownAccount(call.state.world, organization, one)), ...rest };
};

/**
 * The account stays as it is, on its own.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html
 */
const RemoveAccountFromOrganization: Operation = (call) => {
  const id = requiredText(call.input, "AccountId", "InvalidInputException");
  const { organization, target } = administeredTarget(call, id, "account");
  if (target.type !== "ACCOUNT") throw missingError("account");
  if (id === organization.managementAccountId) {
    throw new ServiceError(
      "MasterCannotLeaveOrganizationException",
      "You can't remove a management account from an organization.",
    );
  }
  if (organization.delegatedAdministrators.includes(id)) {
    const message = "You can't remove an account that is a delegated administrator.";
    const Reason = "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG";
    throw new ServiceError("ConstraintViolationException", message, 400, { Reason });
  }
  organization.targets.splice(organization.targets.indexOf(target), 1);
  return {};
};

const RegisterDelegatedAdministrator: Operation = (call) => {
  const id = requiredText(call.input, "AccountId", "InvalidInputException");
  const { organization } = administeredTarget(call, id, "account");
  if (!organization.delegatedAdministrators.includes(id)) organization.delegatedAdministrators.push(id);
  return {};
};

const ListDelegatedAdministrators: Operation = (call) => {
  const organization = administered(call)[0] ?? ownOrganization(call);
  const wanted = organization.targets.filter(({ id }) => organization.delegatedAdministrators.includes(id));
  const { items, ...rest } = tokenPage(call, wanted, 20);
  return { DelegatedAdministrators: items.map((one) => shownAccount(call.state.world, organization, one)), ...rest };
};

const DeregisterDelegatedAdministrator: Operation = (call) => {
  const id = requiredText(call.input, "AccountId", "InvalidInputException");
  const { organization } = administeredTarget(call, id, "account");
  const { delegatedAdministrators: registered } = organization;
  if (!registered.includes(id)) {
    throw new ServiceError("AccountNotRegisteredException", "The account is not a delegated administrator.");
  }
  registered.splice(registered.indexOf(id), 1);
  return {};
};

/** Which services may act in the organization's accounts. */
const EnableAWSServiceAccess: Operation = (call) => {
  const organization = administeredOne(call);
  const service = requiredText(call.input, "ServicePrincipal", "InvalidInputException");
  organization.serviceAccess = [...new Set([...(organization.serviceAccess ?? []), service])];
  return {};
};

const DisableAWSServiceAccess: Operation = (call) => {
  const organization = administeredOne(call);
  const service = requiredText(call.input, "ServicePrincipal", "InvalidInputException");
  organization.serviceAccess = (organization.serviceAccess ?? []).filter((one) => one !== service);
  return {};
};

const ListAWSServiceAccessForOrganization: Operation = (call) => {
  const { items, ...rest } = tokenPage(call, administeredOne(call).serviceAccess ?? [], 20);
  return { EnabledServicePrincipals: items.map((ServicePrincipal) => ({ ServicePrincipal })), ...rest };
};

export const accountOperations: Record<string, Operation> = {
  CreateAccount,
  DescribeCreateAccountStatus,
  MoveAccount,
  DescribeAccount,
  ListAccounts,
  RemoveAccountFromOrganization,
  RegisterDelegatedAdministrator,
  DeregisterDelegatedAdministrator,
  ListDelegatedAdministrators,
  EnableAWSServiceAccess,
  DisableAWSServiceAccess,
  ListAWSServiceAccessForOrganization,
};
