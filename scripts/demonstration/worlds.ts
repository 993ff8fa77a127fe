import {
  account,
  defaultKeyPolicy,
  key,
  organization,
  role,
  target,
  type World,
  world,
} from "../../lib/emulator/index.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";

/** One world of the demonstration: a check of AWS's own list, and what was done wrong there. */
export interface DemonstrationWorld {
  title: string;
  world: World;
}

export const vaultName = "prod-vault";
const accountId = "444455556666";
const managementAccountId = "111122223333";
const roleArn = `arn:aws:iam::${accountId}:role/Deployer`;
export const keyArn = `arn:aws:kms:us-west-2:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const kmsActions = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant", "kms:Decrypt", "kms:GenerateDataKey"];

/** The policy of AWS's own article. */
const seedPolicy: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "ExampleStmt1", Effect: "Allow", Action: kmsActions, Resource: keyArn },
    {
      Sid: "ExampleStmt2",
      Effect: "Allow",
      Action: "backup:CreateBackupVault",
      Resource: `arn:aws:backup:us-west-2:${accountId}:backup-vault:*`,
    },
    { Sid: "ExampleStmt3", Effect: "Allow", Action: "backup-storage:MountCapsule", Resource: "*" },
  ],
};

interface Difference {
  identity?: PolicyDocument;
  boundary?: PolicyDocument;
  serviceControl?: PolicyDocument;
  keyPolicy?: PolicyDocument;
}

/** A role in a member account that may do everything the vault needs, but for what differs. */
function worldWith({ identity = seedPolicy, boundary, serviceControl, keyPolicy }: Difference): World {
  const boundaryArn = `arn:aws:iam::${accountId}:policy/TeamBoundary`;
  return world({
    region: "us-west-2",
    time: "2026-11-20T12:00:00.000Z",
    caller: { arn: roleArn, sessionName: "ci-run-1" },
    accounts: [
      account({
        id: accountId,
        roles: [
          role({
            name: "Deployer",
            inlinePolicies: [{ name: "CreateVault", document: identity }],
            ...(boundary !== undefined && { permissionsBoundary: boundaryArn }),
          }),
        ],
        policies:
          boundary === undefined
            ? []
            : [
                {
                  name: "TeamBoundary",
                  arn: boundaryArn,
                  versions: [{ id: "v1", document: boundary, isDefault: true }],
                },
              ],
        keys: [key({ arn: keyArn, policy: keyPolicy ?? defaultKeyPolicy("aws", accountId) })],
      }),
      account({ id: managementAccountId }),
    ],
    organizations: [
      organization({
        id: "o-a1b2c3d4e5",
        managementAccountId,
        targets: [
          target({ id: "r-ab12", type: "ROOT" }),
          target({
            id: "ou-ab12-11111111",
            type: "ORGANIZATIONAL_UNIT",
            name: "Workloads",
            parentId: "r-ab12",
            policies: [
              "p-FullAWSAccess",
              "p-RCPFullAWSAccess",
              ...(serviceControl === undefined ? [] : ["p-guardrail"]),
            ],
          }),
          target({ id: accountId, type: "ACCOUNT", parentId: "ou-ab12-11111111" }),
          target({ id: managementAccountId, type: "ACCOUNT", parentId: "r-ab12" }),
        ],
        policies:
          serviceControl === undefined
            ? []
            : [{ id: "p-guardrail", name: "Guardrail", type: "SERVICE_CONTROL_POLICY", document: serviceControl }],
      }),
    ],
  });
}

/** The seed article's checks, one world each, and a world where nothing is wrong. */
export const demonstrationWorlds: readonly DemonstrationWorld[] = [
  {
    title: "the identity policy lacks backup-storage:MountCapsule",
    world: worldWith({
      identity: {
        Version: "2012-10-17",
        Statement: [
          { Sid: "Kms", Effect: "Allow", Action: kmsActions, Resource: keyArn },
          { Sid: "Backup", Effect: "Allow", Action: "backup:*", Resource: "*" },
        ],
      },
    }),
  },
  {
    title: "a permissions boundary forgets backup-storage",
    world: worldWith({
      boundary: {
        Version: "2012-10-17",
        Statement: [{ Sid: "Team", Effect: "Allow", Action: ["backup:*", "kms:*", "s3:*"], Resource: "*" }],
      },
    }),
  },
  {
    title: "a service control policy denies",
    world: worldWith({
      serviceControl: {
        Version: "2012-10-17",
        Statement: [{ Sid: "NoVaults", Effect: "Deny", Action: ["backup:Create*", "backup:Delete*"], Resource: "*" }],
      },
    }),
  },
  {
    title: "the key policy lost the statement that lets the account's identity policies decide",
    world: worldWith({
      keyPolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Administrators",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${accountId}:role/KeyAdmin` },
            Action: "kms:*",
            Resource: "*",
          },
        ],
      },
    }),
  },
  {
    title: "the key policy denies the caller",
    world: worldWith({
      keyPolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Enable IAM User Permissions",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Sid: "NoDeployers",
            Effect: "Deny",
            Principal: { AWS: roleArn },
            Action: ["kms:CreateGrant", "kms:GenerateDataKey"],
            Resource: "*",
          },
        ],
      },
    }),
  },
  { title: "nothing is wrong", world: worldWith({}) },
];
