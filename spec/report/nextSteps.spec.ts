import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { skippedSnapshot } from "../../lib/evidence/skippedSnapshot.js";
import { nextStepLines, nextSteps } from "../../lib/report/nextSteps.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";

const examples = new URL("../examples/", import.meta.url);
const diagnosisOf = (name: string): Diagnosis =>
  diagnose(parseSnapshot(readFileSync(new URL(`${name}.snapshot.json`, examples), "utf8")));
const subject = {
  operation: "CreateBackupVault",
  principalArn: "arn:aws:iam::444455556666:role/Deployer",
  callerArn: "arn:aws:sts::444455556666:assumed-role/Deployer/ci",
  accountId: "444455556666",
  region: "us-west-2",
  backupVaultName: "prod-vault",
  encryptionKeyArn: null,
};
const told = (name: string, more: Partial<Diagnosis> = {}): Diagnosis => ({ ...diagnosisOf(name), subject, ...more });

describe("The next steps after a diagnosis", () => {
  it("are there for every example, with who must act", () => {
    const names = readdirSync(examples).flatMap((file) => file.match(/^(.*)\.snapshot\.json$/)?.slice(1) ?? []);

    for (const name of names) {
      const steps = nextSteps(told(name));
      expect(steps, name).to.have.length.within(1, 4);
      for (const { who, what } of steps) expect(who !== "" && what !== "", name).to.equal(true);
    }
  });

  it("are the caller's own where the call is to be made in another way, and tell of no policy to change", () => {
    const tagged = {
      Effect: "Allow",
      Action: "backup:CreateBackupVault",
      Condition: { StringEquals: { "aws:RequestTag/env": "prod" } },
    };
    const rest = "Allow backup:TagResource backup-storage:* kms:*";

    const [first] = nextSteps(diagnose(buildSnapshot([], { "policies.identity": [tagged, rest] })));

    expect(first).to.deep.include({ who: "you", fix: 1 });
    expect(first?.what).to.match(/^Give the vault the tag "env" with the value "prod"/);
    expect(first).not.to.have.property("command");
  });

  it("name first who can make the fix, and the least policy for the vault in question", () => {
    const [first] = nextSteps(told("mountcapsule-missing"));

    expect(first?.who).to.equal("who administers the account's IAM");
    expect(first?.what).to.match(/backup-storage:MountCapsule/);
    expect(first?.command).to.equal(
      "backup-vault-access policy --only creator --vault prod-vault --account 444455556666 --region us-west-2",
    );
  });

  it("ask for the parameter that a plan's answer hangs on, and send to nothing that AWS has refused", () => {
    const open: Partial<Diagnosis> = { outcome: "inconclusive", blockers: [], suspects: [], fixes: [] };
    const evidence: Diagnosis["evidence"] = [{ call: "kms:DescribeKey", status: "answered" }];
    const [ask, ...others] = ["parameter KeyArn", "parameter Child/KeyArn", "local.key"].map((key) =>
      nextSteps(told("allowed", { ...open, evidence, planned: { address: "V", file: "t.yaml", key } })),
    );

    expect(ask?.[0]?.command).to.match(/--plan t\.yaml .*--parameters KeyArn=VALUE$/);
    for (const [other] of others) {
      expect(other).to.have.all.keys("who", "what");
      expect(other?.what).not.to.match(/refused|CloudTrail/);
    }
  });

  it("send for a reader of the principal's own account where IAM was read of another, in a plan too", () => {
    const evidence: Diagnosis["evidence"] = [
      { call: "sts:GetCallerIdentity", status: "answered", detail: "arn:aws:iam::111122223333:user/auditor" },
      { call: "iam:GetRole", status: "answered", detail: "NoSuchEntity: The role with name Deployer cannot be found." },
    ];
    const snapshot = buildSnapshot([], { "policies.identity": { status: "notRead", reason: "of another account" } });
    const { suspects } = diagnose(snapshot);
    const open: Partial<Diagnosis> = { outcome: "inconclusive", blockers: [], suspects, fixes: [], evidence };

    for (const more of [{}, { planned: { address: "V", file: "t.yaml", key: null } }]) {
      const [step] = nextSteps(told("allowed", { ...open, ...more }));

      expect(step?.what).to.match(/let the evidence be read as somebody of account 444455556666/);
      expect(step?.command).to.match(/^backup-vault-access check .* --evidence-profile NAME$/);
    }
  });

  it("send to the organization where its policy denies", () => {
    const [first] = nextSteps(told("service-control-policy-denies"));

    expect(first?.who).to.equal("who administers the organization's policies");
  });

  it("say whose credentials would decide what could not be read, and which rights these need", () => {
    const refused = ["iam:GetRole", "organizations:ListPoliciesForTarget"].map((call) => ({
      call,
      status: "refused" as const,
      detail: "AccessDenied",
    }));

    const lines = nextStepLines(
      told("allowed", {
        outcome: "inconclusive",
        evidence: [{ call: "sts:GetCallerIdentity", status: "answered" }, ...refused],
      }),
    ).join("\n");

    expect(lines).to.match(/evidence\.credentials.*check --vault prod-vault.*--evidence-profile NAME/);
    expect(lines).to.match(/policy --only reader --account 444455556666/);
    expect(lines).to.match(/--organization-role ARN/);
  });

  it("say how to read anything at all where nothing was read", () => {
    const lines = nextStepLines(told("allowed", { outcome: "inconclusive", evidence: [] })).join("\n");

    expect(lines).to.match(
      /check --vault prod-vault --region us-west-2 --principal arn:aws:iam::444455556666:role\/Deployer/,
    );
    expect(lines).to.match(/--evidence-role ARN/);
  });

  it("ask for a placeholder that cannot be mistaken where the vault is not known", () => {
    const nobody = { ...subject, backupVaultName: null, region: null, principalArn: null };

    const lines = nextStepLines(told("allowed", { outcome: "inconclusive", evidence: [], subject: nobody }));

    expect(lines.join("\n")).to.match(/check --vault NAME\n/);
  });

  it("ask again, or create, what was asked about: with its tags, and with what was said of the call", () => {
    const backupVaultTags = { env: "prod's" };
    const context = {
      "aws:SourceIp": "203.0.113.9",
      "aws:SourceVpc": null,
      "aws:MultiFactorAuthAge": { present: true },
    } as const;
    const asked = { "request.backupVaultTags": backupVaultTags, context };
    const evidence: Diagnosis["evidence"] = [{ call: "iam:GetRole", status: "answered" }];

    const allowed = nextSteps(diagnose(buildSnapshot([], { ...asked, "policies.identity": ["Allow *"] })));
    const blocked = nextSteps({ ...diagnose(buildSnapshot([], { ...asked, "policies.identity": [] })), evidence });

    expect(allowed[0]?.command).to.match(/ --backup-vault-tags '\{"env":"prod'\\''s"\}'$/);
    expect(blocked.at(-1)?.command).to.match(
      / --tag 'env=prod'\\''s' --context aws:SourceIp=203\.0\.113\.9 --context aws:SourceVpc:absent --context aws:MultiFactorAuthAge:present$/,
    );
  });

  it("ask again, or create, as the same whom the command line named, and name another reader instead of that one", () => {
    const call = {
      profile: "prod's",
      evidenceProfile: "auditor",
      organizationRole: "arn:aws:iam::111122223333:role/Auditor",
    };
    const refused = ["iam:GetRole", "organizations:ListPoliciesForTarget"].map((name) => ({
      call: name,
      status: "refused" as const,
    }));
    const open = told("allowed", {
      outcome: "inconclusive",
      call,
      evidence: [{ call: "sts:GetCallerIdentity", status: "answered" }, ...refused],
    });
    const commands = nextSteps(open).flatMap(({ command }) => command ?? []);
    const nothing = nextSteps({ ...open, evidence: [] }).flatMap(({ command }) => command ?? []);

    expect(nextSteps(told("allowed", { call }))[0]?.command).to.match(/^aws backup .* --profile 'prod'\\''s'$/);
    expect(nothing[0]).to.match(
      / --profile 'prod'\\''s' --evidence-profile auditor --organization-role arn:aws:iam::111122223333:role\/Auditor$/,
    );
    expect(commands.find((one) => one.endsWith("--evidence-profile NAME"))).to.match(
      / --profile 'prod'\\''s' --organization-role arn:\S+ --evidence-profile NAME$/,
    );
    expect(commands.find((one) => one.endsWith("--organization-role ARN"))).to.match(
      / --profile 'prod'\\''s' --evidence-profile auditor --organization-role ARN$/,
    );
  });

  it("name the key by its own ARN in policies, which know no alias, and whom the key's policy is to let in", () => {
    const alias = "arn:aws:kms:us-west-2:444455556666:alias/prod";
    const silent = { "request.encryptionKeyArn": alias, "key.policy": [], "policies.identity": [] };
    const diagnosis = diagnose(buildSnapshot([], silent));

    const commands = nextSteps(diagnosis).flatMap(({ command = "" }) => (/ policy /.test(command) ? [command] : []));

    const key = "--key arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect(commands.join("\n"))
      .to.match(/--only key/)
      .and.match(/--only creator/);
    for (const command of commands) expect(command).to.contain(key).and.not.contain("alias");
    expect(commands.find((command) => /--only key/.test(command))).to.match(
      / --principal arn:aws:iam::444455556666:role\/team\/Deployer$/,
    );
  });

  it("offer no allowance where a statement denies", () => {
    const identity = ["Allow *", "Deny kms:CreateGrant"];
    const steps = nextSteps(diagnose(buildSnapshot([], { "policies.identity": identity })));

    expect(steps.map(({ command = "" }) => command).join()).not.to.match(/ policy --only/);
  });

  it("do not send back to ask the same where the call is to be made in another way", () => {
    const alias = { "request.encryptionKeyArn": "arn:aws:kms:us-west-2:444455556666:alias/prod" };
    const evidence: Diagnosis["evidence"] = [{ call: "iam:GetRole", status: "answered" }];

    const steps = nextSteps({ ...diagnose(buildSnapshot([], alias)), evidence });

    expect(steps.at(-1)).to.deep.equal({ who: "you", what: "Then ask again, about the call as you will make it." });
  });

  it("ask for the user behind a federated session, whom no API tells", () => {
    const principalArn = "arn:aws:sts::444455556666:federated-user/bob";
    const federated = { ...subject, principalArn, callerArn: principalArn };

    const steps = nextSteps(told("allowed", { outcome: "inconclusive", subject: federated }));

    expect(steps.map(({ command = "" }) => command).join()).to.match(
      /check --vault prod-vault .* --principal arn:aws:iam::444455556666:user\/NAME/,
    );
  });

  it("offer no least policy where it does not hold what is missing", () => {
    const allButTags = "Allow backup:CreateBackupVault backup-storage:* kms:*";
    const asked = { "request.backupVaultTags": { env: "prod" }, "policies.identity": [allButTags] };

    const [first] = nextSteps(diagnose(buildSnapshot([], asked)));

    expect(first?.what).to.match(/backup:TagResource/);
    expect(first).not.to.have.property("command");
  });

  it("name nobody where who calls could not be read", () => {
    const request = { backupVaultName: "prod-vault" };
    const options = { caller: { region: "us-west-2" }, signal: new AbortController().signal };

    const diagnosis = diagnose(skippedSnapshot(request, options, "there are no credentials"));

    expect(diagnosis.subject).to.include({ principalArn: null, callerArn: null, accountId: null });
    expect(nextStepLines(diagnosis).join("\n")).not.to.match(/unknown|000000000000/);
  });

  it("keep a hostile name within its quotes", () => {
    const hostile = { ...subject, backupVaultName: "x'; rm -rf ~; '\u001B[31m\n" };

    const [first] = nextSteps(told("allowed", { subject: hostile }));

    expect(first?.command).to.equal(
      "aws backup create-backup-vault --backup-vault-name 'x'\\''; rm -rf ~; '\\'' [31m' --region us-west-2",
    );
  });
});
