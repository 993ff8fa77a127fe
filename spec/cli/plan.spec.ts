import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { askedCalls } from "../../lib/cli/askedCalls.js";
import type { CheckedCall } from "../../lib/cli/CheckedCall.js";
import { plannedCalls } from "../../lib/cli/plannedCalls.js";
import { accountIn, vaultsIn } from "../../lib/cli/plannedFiles.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { PlannedVault } from "../../lib/plan/PlannedVault.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { served } from "../emulator/served.js";
import { allow, allSeven, memberWorld } from "../emulator/worlds.js";
import { cli, cliAt } from "./cli.js";
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
const deployer = "arn:aws:iam::444455556666:role/Deployer";
const within = { nested: new Map(), texts: new Map() };
const checked = (args: string[]) =>
  served({ world: memberWorld({ serviceControl: noForbidden }) }, (emulator) =>
    cliAt(["check", ...args], environmentOf(emulator)),
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
    [
      "a parameter that there is not",
      ["--plan", plan("own-key.yaml"), "--parameters", "VaultNam=a"],
      /^error: --parameters VaultNam: no such parameter; did you mean VaultName\?/,
    ],
    [
      "a Region that is none",
      ["--plan", plan("own-key.yaml"), "--region", "us west"],
      /^error: --region us west: expected the name of a Region, as eu-west-1/,
    ],
    ["another plan", ["--plan", "a", "--plan", "b"], /^error: --plan: expected once, found it twice/],
    ["--timeout twice", ["--plan", "a", "--timeout", "5", "--timeout=6"], /^error: --timeout: expected once/],
    ["--format twice", ["--plan", "a", "--format", "json", "--format=text"], /^error: --format: expected once/],
    ["--vault beside it", ["--plan", "a", "--vault", "b"], /^error: --plan and --vault: expected --plan alone/],
    ["--attempt beside it", ["--plan", "a", "--attempt"], /^error: --plan and --attempt: expected one of the two/],
    ["--parameters alone", ["--vault", "b", "--parameters", "A=b"], /^error: --parameters: expected --plan beside it/],
    [
      "parameters that are none",
      ["--plan", plan("own-key.yaml"), "--parameters", "package.json"],
      /^error: --parameters package\.json: author|^error: --parameters package\.json: \w+ has no text for a value/,
    ],
    [
      "parameters that are none, as the AWS CLI names a file",
      ["--plan", plan("own-key.yaml"), "--parameters", "file://package.json"],
      /^error: --parameters file:\/\/package\.json: \w+ has no text for a value/,
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
      /^error: --plan .*Vault: AWS takes no vault of the name a b: expected 2 to 50/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await cli([
        "check",
        ...args,
        ...((args as readonly string[]).includes("--region") ? [] : ["--region", "us-west-2"]),
      ]);

      expect(stderr).to.match(words);
      expect(code).to.equal(3);
    });
  }

  it("refuses an assembly whose manifest is a device, which may never end", async () => {
    const folder = mkdtempSync(join(tmpdir(), "assembly-"));
    try {
      symlinkSync("/dev/null", join(folder, "manifest.json"));

      const { code, stderr } = await cli(["check", "--plan", folder]);

      expect(stderr).to.match(/expected a file, or a folder with a manifest\.json/);
      expect(code).to.equal(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("refuses an assembly whose template is no regular file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "assembly-"));
    try {
      const properties = { templateFile: "a.template.json" };
      const artifacts = {
        A: { type: "aws:cloudformation:stack", environment: "aws://unknown-account/unknown-region", properties },
      };
      writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "36.0.0", artifacts }));
      symlinkSync("/dev/null", join(folder, "a.template.json"));

      const { code, stderr } = await cli(["check", "--plan", folder]);

      expect(stderr).to.match(/a\.template\.json: expected a regular file/);
      expect(code).to.equal(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("what a plan, a file's name or a refusal says moves no cursor and is no command of a CI system", async () => {
    const hostile = "\u001B[2J\n::error::x";
    const principal = ["--principal", "arn:aws:iam::444455556666:role/A", "--region", "us-west-2"];
    const document = { Resources: { [`A${hostile}`]: { Type: "AWS::CloudFormation::Stack" } } };
    const planned = await cli(["check", "--plan", "-", ...principal], { stdin: JSON.stringify(document) });
    const error = [
      readFileSync(new URL("golden/other.txt", import.meta.url), "utf8"),
      readFileSync(new URL("golden/terraform.txt", import.meta.url), "utf8"),
    ].join("\n");
    const folder = mkdtempSync(join(tmpdir(), "plan-"));
    const file = join(folder, "a\u001B[2Jb");
    writeFileSync(file, error);
    try {
      const explained = await cli(["explain", "--error", file]);

      expect(planned.stderr).to.match(/^--plan -: not judged: A \[2J : :error/);
      expect(explained.stderr).to.match(/also there, and not explained/);
      for (const { stderr } of [planned, explained]) {
        expect(stderr).not.to.include("\u001B");
        expect(stderr).not.to.match(/^::/m);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const [what, given, who] of [
    ["profile that is not asked as", { profile: { constant_value: "prod" } }, "a profile, prod"],
    [
      "credentials of its own, without them",
      { access_key: { constant_value: "AKIAS3CR3T" }, secret_key: { references: ["var.s"] } },
      "somebody who is not known here (access_key of provider aws)",
    ],
    [
      "credentials of its own, also where a variable has them",
      { token: { references: ["var.s"] }, profile: { constant_value: "default" } },
      "somebody who is not known here (token of provider aws)",
    ],
  ] as const) {
    it(`tells of a provider's ${what}, and ends with 2 unless somebody is named`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "profile-"));
      try {
        const document = JSON.parse(readFileSync(plan("default-key.json"), "utf8")) as {
          variables?: object;
          configuration: { provider_config: { aws: { expressions: object } } };
        };
        Object.assign(document.configuration.provider_config.aws.expressions, given);
        document.variables = { s: { value: "S3CR3T" } };
        const file = join(folder, "plan.json");
        writeFileSync(file, JSON.stringify(document));

        const bare = await checked(["--plan", file]);
        const named = await checked(["--plan", file, "--principal", "arn:aws:iam::444455556666:role/Deployer"]);

        expect(bare.stderr).to.contain(`its provider calls as ${who}; it is judged as who calls here`);
        expect(bare.stdout + bare.stderr).not.to.contain("S3CR3T");
        expect(bare.code).to.equal(2);
        expect(named).to.deep.include({ stderr: "", code: 0 });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it("tells of a role's session by which the plan was made where another role calls, as of a dynamic assume_role, which a plan leaves out", async () => {
    const file = fileURLToPath(new URL("../plan/data/made/dynamic-role.json", import.meta.url));
    const told = await checked(["--plan", file, "--format", "json"]);
    const named = await checked(["--plan", file, "--principal", deployer, "--format", "json"]);

    expect(told.code).to.equal(2);
    expect(JSON.parse(told.stdout).planned.unsettled.join()).to.match(
      /^its provider called as arn:aws:sts::444455556666:assumed-role\/Pipeline\/\S+ when the plan was made; .* expected --principal ARN$/,
    );
    expect(named).to.include({ stderr: "", code: 0 });
  });

  it("answers for the others where one vault has a name that AWS Backup does not take, and ends with 2", async () => {
    const folder = mkdtempSync(join(tmpdir(), "name-"));
    try {
      const file = join(folder, "template.yaml");
      const vault = (name: string) => `{Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: ${name}}}`;
      writeFileSync(file, `Resources:\n  Good: ${vault("good-vault")}\n  Bad: ${vault("bad vault")}\n`);

      const { stdout, stderr, code } = await checked(["--plan", file]);

      expect(stdout).to.contain("planned as Good of");
      expect(stderr).to.match(/not judged: Bad: AWS takes no vault of the name bad vault: expected 2 to 50 letters/);
      expect(code).to.equal(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("answers for the others where it is not known as whom one vault is made, and ends with 2", async () => {
    const folder = mkdtempSync(join(tmpdir(), "role-"));
    try {
      const document = JSON.parse(readFileSync(plan("default-key.json"), "utf8")) as {
        resource_changes: { address: string; name: string; provider_name: string }[];
        configuration: { provider_config: Record<string, object>; root_module: { resources: object[] } };
      };
      const [change] = document.resource_changes.slice(-1);
      const { provider_config, root_module } = document.configuration;
      const [written] = root_module.resources.slice(-1);
      const names = { address: "aws_backup_vault.other", name: "other" };
      document.resource_changes.push({ ...(change ?? expect.fail("no vault")), ...names });
      root_module.resources.push({ ...written, ...names, provider_config_key: "aws.other" });
      const expressions = { assume_role: [{ role_arn: { references: ["aws_iam_role.made"] } }] };
      provider_config["aws.other"] = { name: "aws", alias: "other", expressions };
      const file = join(folder, "plan.json");
      writeFileSync(file, JSON.stringify(document));

      const { stdout, stderr, code } = await checked(["--plan", file]);

      expect(stdout).to.contain("planned as aws_backup_vault.");
      expect(stderr).to.match(
        /not judged: aws_backup_vault\.other: as whom it is made is not known \(.*\); expected --principal ARN/,
      );
      expect(code).to.equal(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const [what, given, words, more] of [
    [
      "Region that is not known",
      { region: { references: ["data.a.b"] } },
      "aws_backup_vault.main: its Region is not known (the Region of provider aws); it is judged in us-west-2: expected --region",
      ["--region", "us-west-2"],
    ],
    [
      "session policy",
      { assume_role: [{ role_arn: { constant_value: deployer }, policy: { constant_value: "{}" } }] },
      "assume_role.policy of provider aws narrows the rights of its role, and is not looked into; it is judged without",
      ["--principal", deployer],
    ],
  ] as const) {
    it(`tells of a provider's ${what}, and ends with 2 unless ${more[0]} is given`, async () => {
      const document = JSON.parse(readFileSync(plan("default-key.json"), "utf8")) as {
        configuration: { provider_config: { aws: { expressions: object } } };
      };
      Object.assign(document.configuration.provider_config.aws.expressions, given);
      const folder = mkdtempSync(join(tmpdir(), "provider-"));
      try {
        const file = join(folder, "plan.json");
        writeFileSync(file, JSON.stringify(document));

        const bare = await checked(["--plan", file]);
        const named = await checked(["--plan", file, ...more]);

        expect(bare.stderr).to.contain(words);
        expect(bare.code).to.equal(2);
        expect(named).to.deep.include({ stderr: "", code: 0 });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  // https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
  it("assumes that a provider's Region and role are the variables that they are an expression of, and says so", async () => {
    const { stdout, stderr } = await checked([
      "--plan",
      plan("assume-role.json"),
      "--format",
      "json",
      "--principal",
      deployer,
    ]);

    expect((JSON.parse(stdout) as Diagnosis).assumptions).to.include.members([
      "The provider's Region, an expression of var.region, is taken to be var.region itself: us-west-2.",
      "The provider's role, an expression of var.role, is taken to be var.role itself: arn:aws:iam::444455556666:role/Pipeline.",
    ]);
    expect(stderr).to.not.contain("taken");
  });

  // A policy of identities makes no other answer of what the organization denies.
  for (const [what, changes, name, then] of [
    ["allowed as they are", {}, "prod-vault", { outcome: "inconclusive", layer: null, blockers: [], code: 2 }],
    [
      "blocked as they are",
      { identity: allow("backup:*", "kms:*") },
      "prod-vault",
      { outcome: "inconclusive", layer: null, blockers: ["probable"], code: 2 },
    ],
    [
      "blocked whatever they are",
      { serviceControl: noForbidden },
      "forbidden-1",
      { outcome: "blocked", layer: "service-control-policy", blockers: ["confirmed"], code: 1 },
    ],
  ] as const) {
    it(`is as sure as can be where the same template changes the caller's rights: ${what}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "rights-"));
      try {
        const file = join(folder, "stack.yaml");
        const policy = (role: string) => `P: { Type: AWS::IAM::Policy, Properties: { Roles: [${role}] } }`;
        const vault = `V: { Type: AWS::Backup::BackupVault, Properties: { BackupVaultName: ${name} } }`;
        const answered = (role: string) => {
          writeFileSync(file, `Resources:\n  ${policy(role)}\n  ${vault}\n`);
          const args = ["check", "--plan", file, "--format", "json"];
          return served({ world: memberWorld(changes) }, (emulator) => cliAt(args, environmentOf(emulator)));
        };
        const own = await answered("Deployer");
        const other = await answered("Other");

        const why = "the plan changes P, which may decide; it is judged by how that is now";
        const told = JSON.parse(own.stdout) as Diagnosis;
        expect(told).to.include({ outcome: then.outcome, blockingLayer: then.layer });
        expect(told.planned?.unsettled).to.deep.equal([why]);
        expect(told.summary).to.match(/^The plan changes P, .* As it is now: /);
        expect(told.blockers.map(({ certainty }) => certainty)).to.deep.equal(then.blockers);
        expect(own.stderr).to.contain(`V: ${why}`);
        expect(own.code).to.equal(then.code);
        expect(JSON.parse(other.stdout)).to.not.have.nested.property("planned.unsettled");
        expect(other).to.include({ stderr: "", code: what === "allowed as they are" ? 0 : 1 });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it("a managed policy that the plan changes decides nothing where it is the caller's, and nothing is said where it is not", async () => {
    const own = "arn:aws:iam::444455556666:policy/Boundary";
    const policy = JSON.stringify(allSeven);
    const change = (type: string, name: string, more: object) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      change: more,
    });
    const answered = async (arn: string, more: object, actions = ["update"]) => {
      const before = { arn, policy, description: "a" };
      const after = actions.includes("delete") ? null : { ...before, ...more };
      const plan = {
        format_version: "1.2",
        planned_values: {},
        resource_changes: [
          change("aws_iam_policy", "p", { actions, before, after }),
          change("aws_backup_vault", "v", { actions: ["create"], after: { name: "prod-vault" } }),
        ],
        configuration: { root_module: {} },
      };
      const folder = mkdtempSync(join(tmpdir(), "policy-"));
      const file = join(folder, "plan.json");
      writeFileSync(file, JSON.stringify(plan));
      const args = ["check", "--plan", file, "--format", "json"];
      const world = memberWorld({ boundary: allSeven });
      const { stdout, code } = await served({ world }, (emulator) => cliAt(args, environmentOf(emulator)));
      rmSync(folder, { recursive: true });
      const { outcome, suspects } = JSON.parse(stdout) as Diagnosis;
      return [outcome, code, suspects.map(({ layer, reason }) => `${layer}: ${reason}`).join()];
    };
    const changed = { policy: JSON.stringify(allow("s3:*")) };

    const [outcome, code, why] = await answered(own, changed);
    expect([outcome, code]).to.deep.equal(["inconclusive", 2]);
    expect(why).to.match(/^permissions-boundary: .*the plan changes it: aws_iam_policy\.p/);
    expect((await answered(own, {}, ["delete"])).slice(0, 2)).to.deep.equal(["inconclusive", 2]);
    for (const [arn, more] of [
      [own, { description: "b", policy: JSON.stringify(allSeven, null, 2) }],
      [`${own}2`, changed],
    ] as const)
      expect(await answered(arn, more)).to.deep.equal(["allowed", 0, ""]);
  });

  it("to ask again takes the parameters that were given, but for secrets", async () => {
    const folder = mkdtempSync(join(tmpdir(), "again-"));
    try {
      const file = join(folder, "stack.yaml");
      const text = readFileSync(plan("own-key.yaml"), "utf8").replace(
        "Parameters:",
        "Parameters:\n  Word: { Type: String, NoEcho: true }",
      );
      writeFileSync(file, text);
      const given = ["--parameters", "VaultName=forbidden-1", "--parameters", "Word=S3CR3T"];

      const { stdout } = await checked(["--plan", file, ...given]);

      expect(stdout).to.match(
        /check --plan \S+stack\.yaml'? --parameters '?VaultName=forbidden-1'? --parameters '?Word=VALUE'?/,
      );
      expect(stdout).not.to.contain("S3CR3T");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("a principal that does not exist has to be another: no refusal is looked for", async () => {
    const nobody = "arn:aws:iam::444455556666:role/Nobody";
    const { stdout } = await checked(["--plan", plan("own-key.yaml"), "--principal", deployer, "--principal", nobody]);

    expect(stdout).to.contain("Name a principal that exists, or make this one first.");
    expect(stdout).not.to.contain("CloudTrail in the vault's account");
  });

  it("names the plan that was given, and in SARIF the file of a nested stack, or that of its parent's key", async () => {
    const file = plan("nested/parent.yaml");
    const { stdout } = await checked(["--plan", file, "--format", "sarif"]);
    const text = await checked(["--plan", file]);

    const log = JSON.parse(stdout) as {
      runs: {
        results: {
          message: { text: string };
          locations: { physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } } }[];
        }[];
      }[];
    };
    const places = (log.runs[0]?.results ?? []).map(({ message, locations }) => {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      return [/vault ([\w-]+)/.exec(message.text)?.[1], artifactLocation?.uri.split("/").at(-1), region?.startLine];
    });
    expect(places).to.deep.equal([["prod-own-key", "parent.yaml", 13]]);
    expect(text.stdout).to.contain(`planned as Backup/Plain of ${file}`);
    expect(text.stdout).to.contain(`Apply ${file}.`);
  });

  it("asks about a template in each Region, and about a vault of which the plan says the Region there alone", async () => {
    const regions = async (file: string) => {
      const io = { stdout: () => {}, stderr: () => {}, stdin: async () => "", env: {}, isTerminal: false };
      const principal = "arn:aws:iam::444455556666:role/A";
      const region = ["us-east-1", "ap-south-1"];
      const { calls } = await plannedCalls({ plan: plan(file), region, principal, tag: {}, context: {} }, io);
      return calls.map(({ request }) => request.region);
    };

    expect(await regions("own-key.yaml")).to.deep.equal(["us-east-1", "ap-south-1"]);
    expect(await regions("other-region.json")).to.deep.equal(["eu-west-1"]);
  });

  it("asks about 500 vaults of a plan at most, and about all of them part by part", () => {
    const call = (address: string): CheckedCall => ({
      request: { backupVaultName: "prod-vault" },
      plan: { vault: { address } as PlannedVault, parts: {}, context: {} },
    });
    const calls = Array.from({ length: 1200 }, (_, at) => call(`vault[${at}]`));
    const typed = calls.map(({ request }) => ({ request, plan: null }));
    const parts = [1, 2, 3].map((index) => askedCalls(calls, { index, count: 3 }));

    expect(askedCalls(calls)).to.deep.equal({ asked: calls.slice(0, 500), leftOut: 700 });
    expect(parts.map(({ leftOut }) => leftOut)).to.deep.equal([0, 0, 0]);
    expect(parts.flatMap(({ asked }) => asked)).to.have.members(calls);
    expect(askedCalls(typed).leftOut).to.equal(0);
  });

  it("a stack of another partition has its own ARNs, and the name that the assembly says", () => {
    const name = { "Fn::Sub": "${AWS::Partition}-${AWS::StackName}" };
    const document = readPlan(
      JSON.stringify({
        Resources: {
          Vault: { Type: "AWS::Backup::BackupVault", Properties: { BackupVaultName: name } },
        },
      }),
    );
    const role = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Deployer";
    const stack = {
      name: "A",
      stackName: "vaults",
      templateFile: "a",
      accountId: null,
      region: "cn-north-1",
      role,
      parameters: {},
      tags: {},
    };
    const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
    const { vaults } = vaultsIn([{ file: "a", document, text: "", stack, within }], place, {});

    expect(vaults[0]).to.include({ name: "aws-cn-vaults", role: "arn:aws-cn:iam::444455556666:role/Deployer" });
  });

  it("a stack of another account that names no role is not judged as the caller's, and that is said", () => {
    const document = readPlan(
      '{"Resources":{"Vault":{"Type":"AWS::Backup::BackupVault","Properties":{"BackupVaultName":"a-vault"}}}}',
    );
    const stack = { name: "A", stackName: "A", templateFile: "a", region: null, role: null, parameters: {}, tags: {} };
    const of = (accountId: string | null) => ({
      file: "a",
      document,
      text: "",
      stack: { ...stack, accountId },
      within,
    });
    const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };

    const other = vaultsIn([of("999999999999")], place, {});

    expect(other).to.deep.include({ vaults: [], isElsewhere: true });
    expect(other.passedOver[0]).to.match(
      /^A is deployed in account 999999999999, not in 444455556666, and names no role/,
    );
    for (const own of ["444455556666", null]) expect(vaultsIn([of(own)], place, {}).vaults).to.have.length(1);
    expect(accountIn([of("999999999999")])).to.equal(null);
  });

  const args = "check --plan - --principal arn:aws:iam::444455556666:role/A --region us-west-2 --format json".split(
    " ",
  );

  it("a plan that creates no vault is answered with that, and 0", async () => {
    const { code, stdout, stderr } = await cli(args, { stdin: '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}' });

    expect(JSON.parse(stdout)).to.deep.equal({ diagnoses: [] });
    expect(stderr).to.equal("--plan -: it creates no backup vault\n");
    expect(code).to.equal(0);
  });

  for (const [stdin, words] of [
    [
      '{"Resources":{"Stack":{"Type":"AWS::CloudFormation::Stack"}}}',
      "Stack: a nested stack is not looked into; check its template, too.",
    ],
    ['{"Resources":{"Fn::ForEach::Vaults":["Name",["a"],{}]}}', "Fn::ForEach::Vaults: Fn::ForEach is not looked into."],
  ] as const) {
    it(`a plan of which nothing was judged does not say that it creates none, and ends with 2: ${words}`, async () => {
      const { code, stdout, stderr } = await cli(args, { stdin });

      expect(JSON.parse(stdout)).to.deep.equal({ diagnoses: [] });
      expect(stderr).to.equal(`--plan -: not judged: ${words}\n`);
      expect(code).to.equal(2);
    });
  }
});
