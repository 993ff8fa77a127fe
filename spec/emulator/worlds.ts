import {
  account,
  key,
  organization,
  role,
  target,
  user,
  type World,
  type WorldRole,
  world,
} from "../../lib/emulator/index.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";

/** The account of the specification's examples, with a key and a role that may do all seven. */
export const accountId = "444455556666";
export const managementId = "111122223333";
export const keyArn = `arn:aws:kms:us-west-2:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const vaultArn = `arn:aws:backup:us-west-2:${accountId}:backup-vault:prod-vault`;

export function allow(...actions: string[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
}

export function deny(...actions: string[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: actions, Resource: "*" }] };
}

export const allSeven = allow("backup:*", "backup-storage:MountCapsule", "kms:*", "iam:*", "organizations:*");

/** Changes of the world in which the vault can be created. */
export interface Changes {
  role?: Partial<WorldRole>;
  identity?: PolicyDocument;
  keyPolicy?: PolicyDocument;
  boundary?: PolicyDocument;
  serviceControl?: PolicyDocument;
  resourceControl?: PolicyDocument;
}

/** A member account of an organization whose role team/Deployer may create vaults, with what is changed. */
export function memberWorld(changes: Changes = {}): World {
  const deployer = role({
    name: "Deployer",
    path: "/team/",
    tags: { team: "storage" },
    inlinePolicies: [{ name: "CreateVault", document: changes.identity ?? allSeven }],
    ...(changes.boundary !== undefined && { permissionsBoundary: `arn:aws:iam::${accountId}:policy/Boundary` }),
    ...changes.role,
  });
  return world({
    region: "us-west-2",
    caller: { arn: `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1` },
    accounts: [
      account({
        id: accountId,
        roles: [deployer],
        users: [user({ name: "alice", inlinePolicies: [{ name: "All", document: allSeven }] })],
        policies:
          changes.boundary === undefined
            ? []
            : [
                {
                  name: "Boundary",
                  arn: `arn:aws:iam::${accountId}:policy/Boundary`,
                  versions: [{ id: "v1", document: changes.boundary, isDefault: true }],
                },
              ],
        keys: [key({ arn: keyArn, ...(changes.keyPolicy !== undefined && { policy: changes.keyPolicy }) })],
      }),
      account({
        id: managementId,
        roles: [role({ name: "Admin", inlinePolicies: [{ name: "All", document: allSeven }] })],
      }),
    ],
    organizations: [
      organization({
        id: "o-a1b2c3d4e5",
        managementAccountId: managementId,
        targets: [
          target({ id: "r-ab12", type: "ROOT", name: "Root" }),
          target({
            id: "ou-ab12-11111111",
            type: "ORGANIZATIONAL_UNIT",
            name: "Workloads",
            parentId: "r-ab12",
            policies: [
              "p-FullAWSAccess",
              ...(changes.serviceControl === undefined ? [] : ["p-guard0001"]),
              ...(changes.resourceControl === undefined ? [] : ["p-fence0001"]),
            ],
          }),
          target({ id: accountId, type: "ACCOUNT", name: "prod", parentId: "ou-ab12-11111111" }),
          target({ id: managementId, type: "ACCOUNT", name: "management", parentId: "r-ab12" }),
        ],
        policies: [
          ...(changes.serviceControl === undefined
            ? []
            : [
                {
                  id: "p-guard0001",
                  name: "Guard",
                  type: "SERVICE_CONTROL_POLICY" as const,
                  document: changes.serviceControl,
                },
              ]),
          ...(changes.resourceControl === undefined
            ? []
            : [
                {
                  id: "p-fence0001",
                  name: "Fence",
                  type: "RESOURCE_CONTROL_POLICY" as const,
                  document: changes.resourceControl,
                },
              ]),
        ],
      }),
    ],
  });
}
