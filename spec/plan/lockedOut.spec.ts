import { expect } from "chai";
import { lockedOut } from "../../lib/evidence/lockedOut.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";
import type { PlannedKey } from "../../lib/question/PlannedKey.js";

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key

const accountId = "444455556666";
const place = { partition: "aws", accountId, region: "us-west-2" };
const deployer = `arn:aws:iam::${accountId}:role/team/Deployer`;
const caller = {
  arn: `arn:aws:sts::${accountId}:assumed-role/Deployer/ci`,
  principalArn: deployer,
  tags: { status: "notRead" as const },
};
const request = {
  operation: "CreateBackupVault" as const,
  partition: "aws",
  region: "us-west-2",
  accountId,
  backupVaultName: "prod-vault",
  encryptionKeyArn: null,
  backupVaultTags: {},
};

const allow = (Principal: unknown, Action: unknown, more: object = {}) => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource: "*",
  ...more,
});
const five = ["kms:CreateGrant", "kms:DescribeKey", "kms:Decrypt", "kms:GenerateDataKey", "kms:RetireGrant"];
const root = { AWS: `arn:aws:iam::${accountId}:root` };

const fromTemplate = (statements: object[], more: object): PlannedKey | undefined => {
  const Key = {
    Type: "AWS::KMS::Key",
    Properties: { KeyPolicy: { Version: "2012-10-17", Statement: statements }, ...more },
  };
  const Vault = {
    Type: "AWS::Backup::BackupVault",
    Properties: { BackupVaultName: "prod-vault", EncryptionKeyArn: { "Fn::GetAtt": ["Key", "Arn"] } },
  };
  return keyIn({ Resources: { Key, Vault } });
};

const fromPlan = (statements: object[], more: object): PlannedKey | undefined => {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const change = (type: string, name: string, after: object, after_unknown: object) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    change: { actions: ["create"], after, after_unknown },
  });
  const expressions = { kms_key_arn: { references: ["aws_kms_key.k.arn", "aws_kms_key.k"] } };
  return keyIn({
    format_version: "1.2",
    planned_values: {},
    resource_changes: [
      change("aws_kms_key", "k", { policy, ...more }, { arn: true }),
      change("aws_backup_vault", "v", { name: "prod-vault" }, { kms_key_arn: true }),
    ],
    configuration: {
      root_module: { resources: [{ mode: "managed", type: "aws_backup_vault", name: "v", expressions }] },
    },
  });
};

function keyIn(document: object): PlannedKey | undefined {
  const [vault] = vaultsOfPlan(readPlan(JSON.stringify(document)), { file: "given", place }).vaults;
  return vault?.key.kind === "planned" ? vault.key.planned : undefined;
}

describe("A key whose policy nobody could change again is not taken to be made", () => {
  const cases: [what: string, statements: object[], isMade: boolean, bypass?: boolean][] = [
    ["who makes it may not change its policy", [allow("*", five)], false],
    ["only somebody else may", [allow("*", five), allow({ AWS: `${deployer}2` }, "kms:*")], false],
    ["it is denied", [allow(root, "kms:*"), { ...allow("*", "kms:Put*"), Effect: "Deny" }], false],
    ["the account may", [allow(root, "kms:*")], true],
    ["who makes it may", [allow("*", five), allow({ AWS: deployer }, "kms:PutKeyPolicy")], true],
    [
      "it cannot be told",
      [allow("*", five), allow("*", "kms:*", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
      true,
    ],
    ["KMS is told not to look", [allow("*", five)], true, true],
  ];
  for (const [what, statements, isMade, bypass = false] of cases) {
    for (const [source, read, more] of [
      ["a template", fromTemplate, { BypassPolicyLockoutSafetyCheck: bypass }],
      ["a Terraform plan", fromPlan, { bypass_policy_lockout_safety_check: bypass }],
    ] as const) {
      it(`${what} (${source})`, () => {
        const planned = read(statements, more);
        if (planned?.status !== "new") throw new Error("expected a new key");
        const key = { arn: `arn:aws:kms:us-west-2:${accountId}:key/*`, accountId, ...planned.parts };

        const told = lockedOut({ status: "read", value: key }, planned, { caller, request });

        const state = told.status === "read" ? told.value.state : null;
        if (isMade) expect(state).to.equal("Enabled");
        else expect(state).to.match(/^plan:whether there is such a key: KMS refuses a policy .*PutKeyPolicy/);
      });
    }
  }
});
