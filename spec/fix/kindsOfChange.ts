import type { SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

/** A name that every tool would trip over. */
const hostile = "a'; touch $(id) `id` \u001B[31m\u202E ${x} %{y}";
const boundary = { name: "Limit", arn: "arn:aws:iam::444455556666:policy/Limit" };
const allow = (...actions: string[]) => ({ Effect: "Allow", Action: actions, Resource: "*" });
const documentOf = (...statements: SnapshotPatch[]) => ({ Version: "2012-10-17", Statement: statements });

const fullAccess = {
  name: "FullAWSAccess",
  id: "p-FullAWSAccess",
  arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
  statements: ["Allow *"],
};
const ofAccount = { id: "444455556666", type: "ACCOUNT", policies: [fullAccess] };

/** A snapshot for every kind of change that a fix can be, by what is done in it. */
export const kindsOfChange: Record<string, SnapshotPatch> = {
  "an inline policy is made": { "policies.identity": "none" },
  "an inline policy is changed": { "policies.identity": ["Allow kms:*", "Allow backup:*"] },
  "an inline policy of a user is made": {
    "caller.arn": "arn:aws:iam::444455556666:user/alice",
    "caller.principalArn": "arn:aws:iam::444455556666:user/alice",
    "policies.identity": "none",
  },
  "a group's Deny spares a user": {
    "caller.arn": "arn:aws:iam::444455556666:user/alice",
    "caller.principalArn": "arn:aws:iam::444455556666:user/alice",
    "policies.identity+": [
      { name: "No", attachedTo: "group/All", document: documentOf({ ...allow("backup:*"), Effect: "Deny" }) },
    ],
  },
  "a managed policy's Deny spares the caller": {
    "policies.identity+": [
      {
        name: "No",
        arn: "arn:aws:iam::444455556666:policy/No",
        attachedTo: "role/Deployer",
        document: documentOf({ ...allow("backup:*"), Effect: "Deny" }),
      },
    ],
  },
  "a boundary is changed": {
    "policies.permissionsBoundary": {
      status: "read",
      value: { ...boundary, document: documentOf(allow("backup:*", "kms:*")) },
    },
  },
  "a boundary of AWS's is replaced": {
    "policies.permissionsBoundary": {
      status: "read",
      value: {
        name: "PowerUserAccess",
        arn: "arn:aws:iam::aws:policy/PowerUserAccess",
        document: documentOf(allow("backup:*", "kms:*")),
      },
    },
  },
  "a session policy is changed": { "policies.session": ["Allow backup:* kms:*"] },
  "a session policy is given beside managed ones": {
    "policies.session": [
      { name: "Storage", arn: "arn:aws:iam::444455556666:policy/Storage", statements: ["Allow backup:* kms:*"] },
      { name: "ReadOnlyAccess", arn: "arn:aws:iam::aws:policy/ReadOnlyAccess", statements: ["Allow s3:Get*"] },
    ],
  },
  "a managed session policy is changed": {
    "policies.session": [
      { name: "Storage", arn: "arn:aws:iam::444455556666:policy/Storage", statements: ["Allow *", "Deny backup:*"] },
    ],
  },
  "a federated user's session policy is changed": {
    "caller.arn": "arn:aws:sts::444455556666:federated-user/alice-fed",
    "caller.principalArn": "arn:aws:sts::444455556666:federated-user/alice-fed",
    "caller.issuerArn": "arn:aws:iam::444455556666:user/alice",
    "policies.identity": [{ name: "Own", attachedTo: "user/alice", statements: ["Allow *"] }],
    "policies.session": [
      { name: "Handed", statements: ["Allow backup:* kms:*"] },
      { name: "ReadOnlyAccess", arn: "arn:aws:iam::aws:policy/ReadOnlyAccess", statements: ["Allow s3:Get*"] },
    ],
  },
  "a policy is identity policy and boundary at once": {
    "policies.identity": [
      {
        name: "Both",
        arn: "arn:aws:iam::444455556666:policy/Both",
        attachedTo: "role/Deployer",
        statements: ["Allow *", "Deny backup:*"],
      },
    ],
    "policies.permissionsBoundary": {
      status: "read",
      value: {
        name: "Both",
        arn: "arn:aws:iam::444455556666:policy/Both",
        document: documentOf({ ...allow("*") }, { ...allow("backup:*"), Effect: "Deny" }),
      },
    },
  },
  "a policy is identity policy and session policy at once": {
    "policies.identity": [
      {
        name: "Both",
        arn: "arn:aws:iam::444455556666:policy/Both",
        attachedTo: "role/Deployer",
        document: documentOf({ ...allow("*") }, { ...allow("backup:*"), Effect: "Deny" }),
      },
    ],
    "policies.session": [
      {
        name: "Both",
        arn: "arn:aws:iam::444455556666:policy/Both",
        document: documentOf({ ...allow("*") }, { ...allow("backup:*"), Effect: "Deny" }),
      },
    ],
  },
  "a service control policy is attached": {
    "policies.serviceControl": [
      {
        id: "r-ab12",
        type: "ROOT",
        policies: [{ name: "Some", id: "p-some", statements: ["Allow kms:* backup-storage:*"] }],
      },
      ofAccount,
    ],
  },
  "a service control policy is changed": {
    "policies.serviceControl": [
      {
        id: "r-ab12",
        type: "ROOT",
        policies: [{ name: "Some", id: "p-some", statements: ["Allow *", "Deny backup:*"] }],
      },
      ofAccount,
    ],
  },
  "a service control policy is changed and another attached": {
    "policies.serviceControl": [
      {
        id: "r-ab12",
        type: "ROOT",
        policies: [{ name: "Some", id: "p-some", statements: ["Allow *", "Deny backup:*"] }],
      },
      {
        id: "444455556666",
        type: "ACCOUNT",
        policies: [{ name: "List", id: "p-list", statements: ["Allow kms:* backup-storage:*"] }],
      },
    ],
  },
  "a resource control policy is changed": {
    "policies.resourceControl": [
      {
        id: "r-ab12",
        type: "ROOT",
        policies: [{ name: "Fence", id: "p-fence", statements: [{ Effect: "Deny", Principal: "*", Action: "kms:*" }] }],
      },
    ],
  },
  "a key policy is changed": {
    "key.policy": [{ ...allow("kms:*"), Principal: { AWS: "arn:aws:iam::444455556666:role/KeyAdmin" } }],
  },
  "a key policy's Deny spares the caller": {
    "key.policy": [
      { ...allow("kms:*"), Principal: { AWS: "arn:aws:iam::444455556666:root" } },
      {
        Effect: "Deny",
        Principal: { AWS: "arn:aws:iam::444455556666:role/team/Deployer" },
        Action: ["kms:CreateGrant"],
      },
    ],
  },
  "a policy loses a statement": {
    "policies.identity+": [
      { name: "No", attachedTo: "role/Deployer", statements: ["Allow s3:*", "Deny backup-storage:MountCapsule"] },
    ],
  },
  "an endpoint policy is changed": { "policies.vpcEndpoint": [{ ...allow("s3:*"), Principal: "*" }] },
  "a key is enabled": { "key.state": "Disabled" },
  "a key's deletion is cancelled": { "key.state": "PendingDeletion" },
  "a primary key's deletion is cancelled": { "key.state": "PendingReplicaDeletion" },
  "another key is named": { "key.keySpec": "RSA_2048", "policies.identity": ["Allow *"] },
  "the key is named by its ARN": {
    "request.encryptionKeyArn": "arn:aws:kms:us-west-2:444455556666:alias/prod",
    "key.aliases": { status: "read", value: ["alias/prod"] },
  },
  "the vault is given a tag": {
    "policies.identity": [
      { ...allow("backup:CreateBackupVault"), Condition: { StringEquals: { "aws:RequestTag/env": "prod" } } },
      "Allow backup:TagResource backup-storage:* kms:*",
    ],
  },
  "names and texts are hostile": {
    "policies.identity": [
      {
        name: hostile,
        attachedTo: `role/${hostile}`,
        document: documentOf(
          { Sid: "x", Effect: "Deny", Action: "backup:*", Resource: ["*", hostile] },
          allow("backup:List*"),
        ),
      },
    ],
  },
};
