import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Fix } from "../../lib/diagnosis/Diagnosis.js";
import { obstacles } from "../../lib/fix/obstacles.js";
import { reportFix } from "../../lib/report/reportFix.js";
import { buildSnapshot, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

// aws-behaviour, backup-key-policy and backup-key-needs; https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html

const account = "444455556666";
const keyArn = `arn:aws:kms:us-west-2:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const fixesOf = (patch: SnapshotPatch): readonly Fix[] => diagnose(buildSnapshot([], patch)).fixes;
const own = "Allow backup:CreateBackupVault backup-storage:MountCapsule";

describe("That no key be named", () => {
  const unfit = { "key.keySpec": "RSA_2048" };

  for (const [what, statements] of [
    [
      "on certain keys alone, since the ARN of aws/backup is not known",
      [own, { Effect: "Allow", Action: "kms:*", Resource: keyArn }],
    ],
    [
      "on keys with a tag, since those of aws/backup are not known",
      [own, { Effect: "Allow", Action: "kms:*", Condition: { StringEquals: { "aws:ResourceTag/use": "backup" } } }],
    ],
  ] as const) {
    it(`is not called proven where KMS is allowed ${what}`, () => {
      const fixes = fixesOf({ ...unfit, "policies.identity": [...statements] as SnapshotPatch[] });

      expect(fixes.filter(({ title, verified }) => verified && title.startsWith("Name no key"))).to.deep.equal([]);
    });
  }

  it("is proven where KMS is allowed on all keys, and says what is taken of that key's policy", () => {
    const [fix] = fixesOf({ ...unfit, "policies.identity": ["Allow *"] });

    expect(fix).to.include({ verified: true });
    expect(fix?.title).to.match(/^Name no key/);
    expect(fix?.note).to.contain("The policy of that key was not read");
  });

  it("says that it could not be decided, rather than that the key policy is AWS's", () => {
    const [fix] = fixesOf({
      "key.manager": "AWS",
      "key.policy": [{ Effect: "Allow", Principal: "*", Action: "s3:*" }],
    });

    expect(fix?.verified).to.equal(false);
    expect(fix?.title).to.match(/^Name no key/);
    expect(fix?.note).to.contain(obstacles["key-undecided"]);
  });
});

describe("The choice of another key", () => {
  it("leaves the vault the tags that the request gives it, in every form", () => {
    const diagnosis = diagnose(
      buildSnapshot([], {
        "request.encryptionKeyArn": `arn:aws:kms:us-west-2:${account}:alias/foo`,
        "request.backupVaultTags": { team: "x" },
        "policies.identity": ["Allow *"],
      }),
    );

    for (const [index, fix] of diagnosis.fixes.entries()) {
      expect(fix.title).to.match(/^Name (the key by its ARN|no key)/);
      expect(fix.backupVaultTags).to.deep.equal({ team: "x" });
      expect(reportFix(diagnosis, index + 1, "cli")).to.contain(`--backup-vault-tags '{"team":"x"}'`);
      expect(reportFix(diagnosis, index + 1, "terraform")).to.contain('tags = { "team" = "x" }');
      expect(reportFix(diagnosis, index + 1, "cloudformation")).to.contain('BackupVaultTags: {"team":"x"}');
    }
  });
});

describe("That a key be usable again", () => {
  // https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html: a disabled key is in no use at all
  // https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html: a primary key's deletion, too, can
  // be cancelled "until it is deleted"
  for (const state of ["Disabled", "PendingDeletion", "PendingReplicaDeletion"]) {
    it(`is told to let all use it whom its policy and grants allow, of one that is ${state}`, () => {
      const diagnosis = diagnose(buildSnapshot([], { "key.value.state": state }));
      const [fix] = diagnosis.fixes;

      const commands = reportFix(diagnosis, 1, "cli").match(/^aws kms \S+/gm);
      expect(commands).to.deep.equal([
        ...(state === "Disabled" ? [] : ["aws kms cancel-key-deletion"]),
        "aws kms enable-key",
      ]);
      expect(fix).to.include({ verified: true, change: "enable-key" });
      expect(fix?.widens?.join()).to.match(/^all whom the key's policy or a grant allows: use of the key again/);
    });
  }
});

describe("A key policy's Deny that names the caller twice", () => {
  const role = `arn:aws:iam::${account}:role/team/Deployer`;
  for (const name of [`arn:aws:iam::${account}:root`, "*", "AROAEXAMPLEEXAMPLE000"]) {
    it(`spares it by a condition, as ${name} would still name it`, () => {
      const deny = { Effect: "Deny", Principal: { AWS: [role, name] }, Action: "kms:CreateGrant", Resource: "*" };
      const snapshot: SnapshotPatch = {
        "caller.userId": "AROAEXAMPLEEXAMPLE000:ci-run-1",
        "key.policy": [
          { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
          deny,
        ],
      };

      const [fix] = fixesOf(snapshot);

      expect(fix).to.include({ verified: true, change: "edit-statement" });
      expect(fix?.document?.after).to.contain('"ArnNotEquals"');
    });
  }
});

describe("A Deny that names the account, of a root caller,", () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html: the ARN of root names the account
  const root = `arn:aws:iam::${account}:root`;
  const caller: SnapshotPatch = {
    "caller.arn": root,
    "caller.principalArn": root,
    "caller.userId": account,
    "caller.tags": "none",
    "policies.identity": "none",
  };
  const deny = (Action: string) => ({ Effect: "Deny", Principal: { AWS: root }, Action, Resource: "*" });
  const allow = { ...deny("*"), Effect: "Allow" };
  for (const [where, patch] of [
    ["a key policy", { "key.policy": [allow, deny("kms:CreateGrant")] }],
    ["a VPC endpoint policy", { "policies.vpcEndpoint": [allow, deny("backup:CreateBackupVault")] }],
  ] satisfies [string, SnapshotPatch][]) {
    it(`goes on for all others of the account: ${where}`, () => {
      const fixes = fixesOf({ ...caller, ...patch });

      expect(fixes).to.have.length(1);
      expect(fixes[0]).to.deep.include({ verified: true, widens: [] });
      expect(fixes[0]?.document?.after).to.contain('"ArnNotEquals"');
    });
  }
});

describe("A key policy that is nearly full", () => {
  const statement = (roles: number) => ({
    Effect: "Allow",
    Principal: { AWS: Array.from({ length: roles }, (_, at) => `arn:aws:iam::${account}:role/Role${100 + at}`) },
    Action: "kms:Encrypt",
  });

  it("is not opened to the account because the grant to the caller has no room: that is said", () => {
    const [roomy, ...ways] = fixesOf({ "key.policy": [statement(400)] });
    const [full, ...others] = fixesOf({ "key.policy": [statement(792)] });

    expect(roomy).to.include({ verified: true, layer: "key-policy" });
    expect(ways.some(({ title }) => title.startsWith("Let the account's identity policies decide"))).to.equal(true);
    expect(others).to.deep.equal([]);
    expect(full?.verified).to.equal(false);
    expect(full?.note).to.contain(obstacles["too-long"]);
    expect(full?.note).to.match(/would have 3[23]\d{3} bytes; of a key policy AWS takes 32768/);
  });

  it("is measured in bytes, not in letters, as KMS does", () => {
    const [fix] = fixesOf({ "key.policy": [{ ...statement(1), Sid: "é".repeat(16_400) }] });

    expect(fix?.verified).to.equal(false);
    expect(fix?.note).to.contain(obstacles["too-long"]);
  });
});
