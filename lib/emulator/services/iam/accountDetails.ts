import { isAwsOwned, lastSegment } from "../../../facts/arn.js";
import type { Call, Operation, Output } from "../../Call.js";
import { textsOf } from "../../input.js";
import { page } from "../../page.js";
import { accountOf, groupArn, managedPolicy, roleArn, userArn } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldAccount, WorldManagedPolicy, WorldPolicyHolder } from "../../World.js";
import { readableText, shownGroup, shownRole, shownTags, shownUser } from "./answers.js";
import { listedPolicy } from "./managedPolicyOperations.js";
import { shownVersion } from "./policyVersions.js";
import { urlEncoded } from "./urlEncoded.js";

/** What is listed of an account, in this order, and the member of the answer that it stands in. */
const lists = {
  User: "UserDetailList",
  Group: "GroupDetailList",
  Role: "RoleDetailList",
  LocalManagedPolicy: "Policies",
  AWSManagedPolicy: "Policies",
} as const;

type Kind = keyof typeof lists;

const kinds = Object.keys(lists) as Kind[];

/**
 * All of an account's users, groups, roles and managed policies with their documents, page by page; of AWS's managed
 * policies those that are attached. Lists of nothing are empty.
 *
 * @see aws-behaviour, iam-account-details
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const GetAccountAuthorizationDetails: Operation = (call) => {
  requireAllowed(call, { action: "iam:GetAccountAuthorizationDetails", resource: "*" });
  const wanted = filterOf(call);
  const account = accountOf(call.state.world, call.session.accountId);
  const all = kinds.filter((kind) => wanted.has(kind)).flatMap((kind) => detailsOf(call, account, kind));
  const { items, ...rest } = page(call, all);
  const answer: Record<string, Output[]> = {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  };
  for (const { kind, shown } of items) answer[lists[kind]]?.push(shown());
  return { ...answer, ...rest };
};

function filterOf({ input }: Call): ReadonlySet<string> {
  const given = textsOf(input, "Filter") ?? [];
  const odd = given.find((one) => !kinds.some((kind) => kind === one));
  if (odd === undefined) return new Set(given.length === 0 ? kinds : given);
  const set = [...kinds].sort().join(", ");
  throw new ServiceError(
    "ValidationError",
    `1 validation error detected: Value '[${given.join(", ")}]' at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${set}]]`,
  );
}

/** What is to be listed; shown only where it is on the page. */
function detailsOf(call: Call, account: WorldAccount, kind: Kind): { kind: Kind; shown: () => Output }[] {
  const { world } = call.state;
  const listed = <T>(all: readonly T[], show: (one: T) => Output) =>
    all.map((one) => ({ kind, shown: () => show(one) }));
  switch (kind) {
    case "User":
      return listed(account.users, (holder) => ({
        ...shownUser({ holder, arn: userArn(world, account.id, holder) }),
        Tags: shownTags(holder.tags) ?? [],
        UserPolicyList: inlineOf(holder),
        GroupList: holder.groups,
        AttachedManagedPolicies: attachedTo(holder),
      }));
    case "Group":
      return listed(account.groups, (holder) => ({
        ...shownGroup({ holder, arn: groupArn(world, account.id, holder) }),
        GroupPolicyList: inlineOf(holder),
        AttachedManagedPolicies: attachedTo(holder),
      }));
    case "Role":
      return listed(account.roles, (holder) => ({
        ...shownRole({ holder, arn: roleArn(world, account.id, holder) }),
        Tags: shownTags(holder.tags) ?? [],
        Description: undefined,
        MaxSessionDuration: undefined,
        InstanceProfileList: [],
        RolePolicyList: inlineOf(holder),
        AttachedManagedPolicies: attachedTo(holder),
      }));
    case "LocalManagedPolicy":
      return listed(
        account.policies.filter(({ arn }) => !isAwsOwned(arn)),
        (policy) => shownWithVersions(call, policy),
      );
    case "AWSManagedPolicy":
      return listed(
        ofAwsInUse(account).flatMap((arn) => managedPolicy(world, arn) ?? []),
        (policy) => shownWithVersions(call, policy),
      );
  }
}

function ofAwsInUse({ users, groups, roles }: WorldAccount): string[] {
  const used = [
    ...[...users, ...groups, ...roles].flatMap(({ attachedPolicies }) => attachedPolicies),
    ...[...users, ...roles].flatMap(({ permissionsBoundary }) => permissionsBoundary ?? []),
  ];
  return [...new Set(used.filter(isAwsOwned))];
}

function inlineOf({ inlinePolicies }: WorldPolicyHolder): Output[] {
  return inlinePolicies.map(({ name, document }) => ({
    PolicyName: name,
    PolicyDocument: urlEncoded(readableText(document)),
  }));
}

function attachedTo({ attachedPolicies }: WorldPolicyHolder): Output[] {
  return attachedPolicies.map((arn) => ({ PolicyName: lastSegment(arn), PolicyArn: arn }));
}

function shownWithVersions(call: Call, policy: WorldManagedPolicy): Output {
  const PolicyVersionList = policy.versions.map((version) => ({
    Document: urlEncoded(readableText(version.document)),
    ...shownVersion(version),
  }));
  return { ...listedPolicy(call, policy), Description: policy.description, PolicyVersionList };
}
