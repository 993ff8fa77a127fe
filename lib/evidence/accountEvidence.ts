import { lastSegment, parsePrincipalArn } from "../facts/arn.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { AccountPage, PrincipalDetail } from "./accountPageSchema.js";

/** Makes one principal's snapshot of the one that all of an account share. */
export type SnapshotOfPrincipal = (shared: Snapshot, principal: PrincipalDetail) => Snapshot;

const unread = "GetAccountAuthorizationDetails told no document of it";
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
      ({ IsDefaultVersion, VersionId }) => IsDefaultVersion === true || VersionId === DefaultVersionId,
    );
    if (isDefault !== undefined) documents.set(Arn, isDefault.Document);
  }
  const managed = (arn: string, name = lastSegment(arn)): Policy => {
    const document = documents.get(arn);
    return { name, arn, ...(document === undefined ? { document: null, unreadable: unread } : { document }) };
  };
  const held = (
    attachedTo: string,
    attached: PrincipalDetail["AttachedManagedPolicies"],
    inline: readonly { PolicyName: string; PolicyDocument: string | PolicyDocument }[],
  ): Policy[] => [
    ...attached.map(({ PolicyArn, PolicyName }) => ({ ...managed(PolicyArn, PolicyName), attachedTo })),
    ...inline.map(({ PolicyName: name, PolicyDocument: document }) => ({ name, attachedTo, document })),
  ];
  const groups = new Map<string, Policy[]>();
  for (const { GroupName, AttachedManagedPolicies, GroupPolicyList } of pages.flatMap((page) => page.GroupDetailList)) {
    groups.set(GroupName, held(`group/${GroupName}`, AttachedManagedPolicies, GroupPolicyList));
  }
  const ofGroup = (name: string): Policy[] => {
    const attachedTo = `group/${name}`;
    return groups.get(name) ?? [{ name: `policies of ${attachedTo}`, attachedTo, document: null, unreadable: unread }];
  };

  return (shared, principal) => {
    const { Arn: arn, AttachedManagedPolicies: attached, PermissionsBoundary: boundary } = principal;
    const name = parsePrincipalArn(arn)?.name ?? arn;
    const identity =
      "GroupList" in principal
        ? [...held(`user/${name}`, attached, principal.UserPolicyList), ...principal.GroupList.flatMap(ofGroup)]
        : held(`role/${name}`, attached, principal.RolePolicyList);
    const userId = "GroupList" in principal ? principal.UserId : principal.RoleId;
    return {
      ...shared,
      caller: { arn, principalArn: arn, ...(userId !== undefined && { userId }), tags: tagsOf(principal) },
      policies: {
        ...shared.policies,
        identity: { status: "read", value: identity },
        permissionsBoundary:
          boundary === undefined
            ? { status: "none" }
            : { status: "read", value: managed(boundary.PermissionsBoundaryArn) },
        session: notRead,
      },
      simulation: notRead,
    };
  };
}

function tagsOf({ Tags }: PrincipalDetail): Evidence<Record<string, string>> {
  if (Tags.length === 0) return { status: "none" };
  return { status: "read", value: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) };
}
