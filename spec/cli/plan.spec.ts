import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { cli, cliProcess } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const plan = (name: string) => fileURLToPath(new URL(`../plan/data/${name}`, import.meta.url));
const noForbidden = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "NoForbidden",
      Effect: "Deny" as const,
      Action: "backup:CreateBackupVault",
      Resource: "arn:aws:backup:*:*:backup-vault:forbidden-*",
    },
  ],
};
const checked = (args: string[]) =>
  served({ world: memberWorld({ serviceControl: noForbidden }) }, (emulator) =>
    cliProcess(["check", ...args], environmentOf(emulator)),
  );

describe("backup-vault-access check --plan", function () {
  this.timeout(120_000);

  it("answers for every vault of a Terraform plan, with the key as it is planned", async () => {
    const { stdout, stderr, code } = await checked(["--plan", plan("two-vaults.json"), "--format", "json"]);

    const { diagnoses } = JSON.parse(stdout) as { diagnoses: Diagnosis[] };
    expect(diagnoses.map(({ planned, outcome }) => [planned?.address, planned?.key, outcome])).to.deep.equal([
      ["aws_backup_vault.main", "aws_kms_key.backup", "allowed"],
      ["aws_backup_vault.forbidden", "aws_kms_key.backup", "blocked"],
    ]);
    expect(diagnoses[0]?.subject.encryptionKeyArn).to.equal(null);
    expect(stderr).to.equal("");
    expect(code).to.equal(1);
  });

  it("says who, what and where first, and to apply it where nothing blocks", async () => {
    const { stdout, code } = await checked(["--plan", plan("own-key.yaml")]);

    expect(stdout).to.match(
      /^principal .*Deployer, vault prod-vault, .*key Key, planned as Vault of .*own-key\.yaml, evidence read as arn:aws:\S+$/m,
    );
    expect(stdout).to.match(/^ {2}- you: Apply .*own-key\.yaml\.$/m);
    expect(stdout).to.match(/CloudFormation makes the call on behalf of the principal/);
    expect(code).to.equal(0);
  });

  it("asks with the role that cdk deploys with, and tells that there is none", async () => {
    const { stderr, code } = await checked(["--plan", plan("cdk.out")]);

    expect(stderr).to.match(/there is no arn:aws:iam::444455556666:role\/cdk-hnb659fds-cfn-exec-role/);
    expect(code).to.equal(4);
  });

  it("tells what the key hangs on, and where its policy is to be changed", async () => {
    const open = await checked(["--plan", plan("policy-principal-unknown.json")]);
    const shut = await checked(["--plan", plan("key-names-nobody.json")]);

    expect(open.stdout).to.match(
      /It hangs on what only the apply tells: data\.aws_iam_policy_document\.key\.statement/,
    );
    expect(open.stdout).not.to.match(/--context/);
    expect(open.code).to.equal(2);
    expect(shut.stdout).to.match(/Change it where it is written: aws_kms_key\.backup\./);
    expect(shut.code).to.equal(1);
  });

  for (const [what, args, words] of [
    ["a file that is not there", ["--plan", "nowhere.json"], /^error: --plan nowhere\.json: could not be read/],
    [
      "a folder that is no assembly",
      ["--plan", "lib"],
      /^error: --plan lib: expected a file, or a folder with a manifest\.json/,
    ],
    ["a file that is no plan", ["--plan", "package.json"], /^error: --plan package\.json: expected planned_values/],
    ["--vault beside it", ["--plan", "a", "--vault", "b"], /^error: --plan and --vault: expected --plan alone/],
    ["--attempt beside it", ["--plan", "a", "--attempt"], /^error: --plan and --attempt: expected one of the two/],
    ["--parameters alone", ["--vault", "b", "--parameters", "A=b"], /^error: --parameters: expected --plan beside it/],
    [
      "parameters that are none",
      ["--plan", plan("own-key.yaml"), "--parameters", "package.json"],
      /^error: --parameters package\.json: author|^error: --parameters package\.json: \w+ has no text for a value/,
    ],
    [
      "principals of two accounts",
      [
        "--plan",
        plan("own-key.yaml"),
        ...[1, 2].flatMap((one) => ["--principal", `arn:aws:iam::${one}11122223333:role/A`]),
      ],
      /^error: --plan and --principal: expected principals of one account/,
    ],
    [
      "a name that AWS Backup does not take",
      [
        "--plan",
        plan("own-key.yaml"),
        "--parameters",
        "VaultName=a b",
        "--principal",
        "arn:aws:iam::444455556666:role/A",
      ],
      /^error: --plan .*Vault: the name a b: expected 2 to 50/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await cli(["check", ...args, "--region", "us-west-2"]);

      expect(stderr).to.match(words);
      expect(code).to.equal(3);
    });
  }

  it("a plan that creates no vault is answered with that, and 0", async () => {
    const { code, stdout, stderr } = await cli(
      [
        "check",
        "--plan",
        "-",
        "--principal",
        "arn:aws:iam::444455556666:role/A",
        "--region",
        "us-west-2",
        "--format",
        "json",
      ],
      { stdin: '{"Resources":{"Stack":{"Type":"AWS::CloudFormation::Stack"}}}' },
    );

    expect(JSON.parse(stdout)).to.deep.equal({ diagnoses: [] });
    expect(stderr).to.equal(
      "--plan -: not judged: Stack: a nested stack is not looked into; check its template, too.\n--plan -: it creates no backup vault\n",
    );
    expect(code).to.equal(0);
  });
});
