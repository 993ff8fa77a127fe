import { account, key, organization, role, target, type World, world } from "../../lib/emulator/index.js";

/*
 * An organization in which it is known beforehand who may create the vault and who is stopped by what: of its accounts as
 * the AWS CLI prints GetAccountAuthorizationDetails, of the rest as a world. Nothing here asks the code that is tested.
 */

export const managementId = "111122223333";
const region = "us-west-2";
export const sharedKeyArn = `arn:aws:kms:${region}:${managementId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const needed = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:GenerateDataKey",
  "kms:RetireGrant",
];
const statement = (Effect: "Allow" | "Deny", Action: string | string[], more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: `${Effect}Vaults`, Effect, Action, Resource: "*", ...more }],
});

/** What stops a principal; null: nothing. */
export type Planted = "organization" | "boundary" | "group" | "silence" | null;

export interface PlantedPrincipal {
  arn: string;
  stoppedBy: Planted[];
}

export interface PlantedOrganization {
  world: World;
  /** By account id: the text of its dump. */
  dumps: ReadonlyMap<string, string>;
  principals: readonly PlantedPrincipal[];
}

/** Whose account is the n-th. */
export const accountIdOf = (n: number): string => String(200_000_000_000 + n);

/**
 * Every tenth account is under an organizational unit whose policy denies vaults; the first account has a boundary without
 * the key's actions for every fifth role, and a group that denies vaults for its users; every seventh role of all accounts
 * has no policy.
 */
export function plantedOrganization(accounts: number, principals: number): PlantedOrganization {
  const dumps = new Map<string, string>();
  const all: PlantedPrincipal[] = [];
  const isRestricted = (n: number) => n % 10 === 9;
  for (let n = 0; n < accounts; n += 1) {
    const id = accountIdOf(n);
    const roles = [];
    const users = [];
    for (let at = 0; at < principals; at += 1) {
      const isUser = n === 0 && at % 4 === 3;
      const name = `${isUser ? "user" : "role"}-${at}`;
      const arn = `arn:aws:iam::${id}:${isUser ? "user" : "role"}/${name}`;
      const isSilent = !isUser && at % 7 === 6;
      const isBound = !isUser && n === 0 && at % 5 === 4;
      const stoppedBy: Planted[] = [
        ...(isRestricted(n) ? (["organization"] as const) : []),
        ...(isBound ? (["boundary"] as const) : []),
        ...(isUser ? (["group"] as const) : []),
        ...(isSilent ? (["silence"] as const) : []),
      ];
      all.push({ arn, stoppedBy });
      const attached = isSilent ? [] : [{ PolicyName: "Creator", PolicyArn: `arn:aws:iam::${id}:policy/Creator` }];
      const common = {
        Path: "/",
        Arn: arn,
        CreateDate: "2026-01-01T00:00:00+00:00",
        AttachedManagedPolicies: attached,
        Tags: [],
      };
      const own = [
        { PolicyName: "Own", PolicyDocument: statement("Allow", `s3:Get*`, { Resource: `arn:aws:s3:::${name}/*` }) },
      ];
      if (isUser)
        users.push({
          ...common,
          UserName: name,
          UserId: `AIDA${n}X${at}`,
          UserPolicyList: own,
          GroupList: ["Interns"],
        });
      else {
        const boundary = {
          PermissionsBoundaryType: "Policy",
          PermissionsBoundaryArn: `arn:aws:iam::${id}:policy/Boundary`,
        };
        roles.push({
          ...common,
          RoleName: name,
          RoleId: `AROA${n}X${at}`,
          RolePolicyList: own,
          ...(isBound && { PermissionsBoundary: boundary }),
        });
      }
    }
    const managed = (name: string, Document: object) => ({
      PolicyName: name,
      Arn: `arn:aws:iam::${id}:policy/${name}`,
      DefaultVersionId: "v1",
      PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document }],
    });
    const groups = [
      {
        GroupName: "Interns",
        Arn: `arn:aws:iam::${id}:group/Interns`,
        GroupPolicyList: [{ PolicyName: "NoVaults", PolicyDocument: statement("Deny", "backup:CreateBackupVault") }],
        AttachedManagedPolicies: [],
      },
    ];
    const dump = {
      UserDetailList: users,
      GroupDetailList: groups,
      RoleDetailList: roles,
      Policies: [
        managed("Creator", statement("Allow", needed)),
        managed("Boundary", statement("Allow", ["s3:*", "backup:*", "backup-storage:*"])),
      ],
    };
    dumps.set(id, JSON.stringify(dump, null, 1));
  }
  return { world: worldOf(accounts, isRestricted), dumps, principals: all };
}

/** The organization and the key; of the accounts no more than that they are there. */
function worldOf(accounts: number, isRestricted: (n: number) => boolean): World {
  const ids = Array.from({ length: accounts }, (_, n) => accountIdOf(n));
  const reader = { name: "Reader", inlinePolicies: [{ name: "All", document: statement("Allow", "*") }] };
  const organizationId = "o-a1b2c3d4e5";
  const everybody = {
    Principal: { AWS: "*" },
    Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
  };
  return world({
    region,
    caller: { arn: `arn:aws:sts::${managementId}:assumed-role/Reader/run-1` },
    accounts: [
      account({
        id: managementId,
        roles: [role(reader as never)],
        keys: [key({ arn: sharedKeyArn, policy: statement("Allow", "kms:*", everybody) as never })],
      }),
      ...ids.map((id) => account({ id })),
    ],
    organizations: [
      organization({
        id: organizationId,
        managementAccountId: managementId,
        targets: [
          target({ id: "r-ab12", type: "ROOT", name: "Root" }),
          target({ id: "ou-ab12-11111111", type: "ORGANIZATIONAL_UNIT", name: "Open", parentId: "r-ab12" }),
          target({
            id: "ou-ab12-22222222",
            type: "ORGANIZATIONAL_UNIT",
            name: "Restricted",
            parentId: "r-ab12",
            policies: ["p-FullAWSAccess", "p-novaults1"],
          }),
          target({ id: managementId, type: "ACCOUNT", name: "management", parentId: "r-ab12" }),
          ...ids.map((id, n) =>
            target({
              id,
              type: "ACCOUNT",
              name: `account-${n}`,
              parentId: isRestricted(n) ? "ou-ab12-22222222" : "ou-ab12-11111111",
            }),
          ),
        ],
        policies: [
          {
            id: "p-novaults1",
            name: "NoVaults",
            type: "SERVICE_CONTROL_POLICY",
            document: statement("Deny", "backup:CreateBackupVault") as never,
          },
        ],
      }),
    ],
  });
}
