import type { Layer } from "../../facts/layers.js";
import type { PolicyDocument, PolicyStatement } from "../../policy/PolicyDocument.js";
import type { Key, Policy, Snapshot } from "../../snapshot/Snapshot.js";

const accountId = "111122223333";
const region = "us-west-2";
const keyArn = `arn:aws:kms:${region}:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const document = (...statements: PolicyStatement[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: statements,
});

const everything: PolicyStatement = { Effect: "Allow", Action: "*", Resource: "*" };
const createsVaults = (...actions: string[]): PolicyStatement => ({
  Sid: "CreateVaults",
  Effect: "Allow",
  Action: ["backup:CreateBackupVault", ...actions],
  Resource: "*",
});
const kmsActions = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant", "kms:Decrypt", "kms:GenerateDataKey"];
const noVaults: PolicyStatement = {
  Sid: "NoVaults",
  Effect: "Deny",
  Action: "backup:CreateBackupVault",
  Resource: "*",
};
const noGrants: PolicyStatement = { Sid: "NoGrants", Effect: "Deny", Action: "kms:CreateGrant", Resource: "*" };
const account = { AWS: `arn:aws:iam::${accountId}:root` };

/**
 * A snapshot of the role Deployer, which may create the vault prod-vault with a key of its account; or, where a layer is
 * named, which that layer alone stops. Everything in it is known, so its diagnosis is sure.
 *
 * @example
 * diagnose(sampleSnapshot("key-policy")).blockingLayer; // "key-policy"
 */
export function sampleSnapshot(blockedBy: Layer | null = null): Snapshot {
  const is = (layer: Layer) => blockedBy === layer;
  const read = <T>(value: T) => ({ status: "read", value }) as const;
  const none = { status: "none" } as const;
  const targets = (fullAccess: Policy, denying: Policy | null) => [
    { id: "r-ab12", type: "ROOT" as const, policies: [fullAccess, ...(denying === null ? [] : [denying])] },
    { id: accountId, type: "ACCOUNT" as const, policies: [fullAccess] },
  ];
  const serviceAccess = { name: "FullAWSAccess", document: document(everything) };
  const resourceAccess = { name: "RCPFullAWSAccess", document: document({ ...everything, Principal: "*" }) };
  const key: Key = {
    arn: keyArn,
    accountId,
    manager: "CUSTOMER",
    state: is("key-state") ? "Disabled" : "Enabled",
    policy: read({
      name: "default",
      document: document(
        { Sid: "AccountDecides", Effect: "Allow", Principal: account, Action: "kms:*", Resource: "*" },
        ...(is("key-policy") ? [{ ...noGrants, Principal: { AWS: "*" } }] : []),
      ),
    }),
    grants: none,
    keySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    origin: "AWS_KMS",
    multiRegion: false,
    aliases: none,
    tags: none,
  };
  return {
    snapshotVersion: 1,
    capturedAt: "2026-11-24T12:00:00.000Z",
    request: {
      operation: "CreateBackupVault",
      partition: "aws",
      region,
      accountId,
      backupVaultName: "prod-vault",
      encryptionKeyArn: keyArn,
      backupVaultTags: {},
    },
    caller: {
      arn: `arn:aws:sts::${accountId}:assumed-role/Deployer/session`,
      principalArn: `arn:aws:iam::${accountId}:role/Deployer`,
      userId: "AROAEXAMPLEDEPLOYER00:session",
      tags: none,
      sessionTags: none,
    },
    context: {},
    policies: {
      identity: read([
        {
          name: "CreateVaults",
          attachedTo: "role/Deployer",
          document: document(
            createsVaults(...(is("identity-policy") ? [] : ["backup-storage:MountCapsule"]), ...kmsActions),
          ),
        },
      ]),
      permissionsBoundary: is("permissions-boundary")
        ? read({
            name: "TeamBoundary",
            arn: `arn:aws:iam::${accountId}:policy/TeamBoundary`,
            document: document({ Effect: "Allow", NotAction: "backup-storage:*", Resource: "*" }),
          })
        : none,
      session: is("session-policy") ? read([{ name: "session", document: document(everything, noVaults) }]) : none,
      serviceControl: read(
        targets(
          serviceAccess,
          is("service-control-policy") ? { name: "Guardrail", id: "p-guardrail", document: document(noVaults) } : null,
        ),
      ),
      resourceControl: read(
        targets(
          resourceAccess,
          is("resource-control-policy")
            ? { name: "KeyGuardrail", id: "p-keyguardrail", document: document({ ...noGrants, Principal: "*" }) }
            : null,
        ),
      ),
      vpcEndpoint: is("vpc-endpoint-policy")
        ? read({
            name: "vpce-1a2b3c4d",
            attachedTo: "vpce-1a2b3c4d",
            document: document({ ...everything, Principal: "*" }, { ...noVaults, Principal: "*" }),
          })
        : none,
    },
    key: read(key),
    organization: read({ id: "o-exampleorg", managementAccountId: "999900001111", path: "o-exampleorg/r-ab12/" }),
    simulation: { status: "notRead" },
    denial: null,
  };
}
