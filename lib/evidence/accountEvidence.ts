import { lastSegment, parsePrincipalArn } from "../facts/arn.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { AccountPage, PrincipalDetail, UserDetail } from "./accountPageSchema.js";

/** Makes one principal's snapshot of the one that all of an account share. */
export type SnapshotOfPrincipal = (shared: Snapshot, principal: PrincipalDetail) => Snapshot;

const unread = "GetAccountAuthorizationDetails told no document of it";
const unlisted = "the answer of GetAccountAuthorizationDetails does not list them";
const notRead = { status: "notRead" } as const;

/**
 * The evidence about each principal of an account from one GetAccountAuthorizationDetails: what several have in common, as
 * a group's policies or a managed one, is the same object in all of them, so that it is parsed once.
 *
 * @param pages those that hold the account's groups and managed policies
 */
export function accountEvidence(
  pages: readonly Pick<AccountPage, "GroupDetailList" | "Policies">[],
): SnapshotOfPrincipal {
  const documents = new Map<string, string | PolicyDocument>();
  for (const { Arn, DefaultVersionId, PolicyVersionList } of pages.flatMap(({ Policies }) => Policies)) {
    const isDefault = PolicyVersionList.find(
      ({ IsDefaultVersion, VersionId }) =>
        IsDefaultVersion === true || (DefaultVersionId !== undefined && VersionId === DefaultVersionId),
    );
    if (isDefault !== undefined) documents.set(Arn, isDefault.Document);
  }
  const managed = (arn: string, name = lastSegment(arn)): Policy => {
    const document = documents.get(arn);
    return { name, arn, ...(document === undefined ? { document: null, unreadable: unread } : { document }) };
  };
  const held = (
    attachedTo: string,
    { AttachedManagedPolicies: attached }: Pick<PrincipalDetail, "AttachedManagedPolicies">,
    inline: readonly { PolicyName: string; PolicyDocument: string | PolicyDocument }[] | undefined,
  ): Policy[] => [
    ...(attached?.map(({ PolicyArn, PolicyName }) => ({ ...managed(PolicyArn, PolicyName), attachedTo })) ?? [
      missing(attachedTo, "managed policies"),
    ]),
    ...(inline?.map(({ PolicyName: name, PolicyDocument: document }) => ({ name, attachedTo, document })) ?? [
      missing(attachedTo, "inline policies"),
    ]),
  ];
  const groups = new Map<string, Policy[]>();
  for (const group of pages.flatMap(({ GroupDetailList }) => GroupDetailList)) {
    groups.set(group.GroupName, held(`group/${group.GroupName}`, group, group.GroupPolicyList));
  }
  const ofGroup = (name: string): Policy[] => groups.get(name) ?? [missing(`group/${name}`, "policies")];
  const ofUser = (attachedTo: string, user: UserDetail): Policy[] => [
    ...held(attachedTo, user, user.UserPolicyList ?? (isWhole(user) ? [] : undefined)),
    ...(user.GroupList?.flatMap(ofGroup) ?? [missing(attachedTo, "groups")]),
  ];

  return (shared, principal) => {
    const { Arn: arn, PermissionsBoundary: boundary } = principal;
    const name = parsePrincipalArn(arn)?.name ?? arn;
    const identity = isUser(principal)
      ? ofUser(`user/${name}`, principal)
      : held(`role/${name}`, principal, principal.RolePolicyList);
    const userId = isUser(principal) ? principal.UserId : principal.RoleId;
    return {
      ...shared,
      caller: { arn, principalArn: arn, ...(userId !== undefined && { userId }), tags: tagsOf(principal) },
      policies: {
        ...shared.policies,
        identity: { status: "read", value: identity },
        permissionsBoundary:
          boundary !== undefined
            ? { status: "read", value: managed(boundary.PermissionsBoundaryArn) }
            : isWhole(principal)
              ? { status: "none" }
              : notRead,
        session: notRead,
      },
      simulation: notRead,
    };
  };
}

function isUser(principal: PrincipalDetail): principal is UserDetail {
  return parsePrincipalArn(principal.Arn)?.kind === "user";
}

/**
 * Whether nothing was filtered out: what AWS leaves out where there is none, there is none of.
 *
 * @see aws-behaviour, iam-account-details
 */
function isWhole({ CreateDate }: PrincipalDetail): boolean {
  return CreateDate !== undefined;
}

function missing(attachedTo: string, what: string): Policy {
  return { name: `${what} of ${attachedTo}`, attachedTo, document: null, unreadable: unlisted };
}

function tagsOf({ Tags }: PrincipalDetail): Evidence<Record<string, string>> {
  if (Tags === undefined) return notRead;
  if (Tags.length === 0) return { status: "none" };
  return { status: "read", value: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) };
}
