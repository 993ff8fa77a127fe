import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { account, role, type World, world } from "../../lib/emulator/index.js";
import { environmentOf } from "../cli/inEmulator.js";
import { served } from "../emulator/served.js";
import { allow, deny, keyArn, memberWorld } from "../emulator/worlds.js";
import { builtPackage } from "./builtPackage.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a step of a job leaves behind. */
interface Step {
  code: number;
  log: string;
  summary: string;
  outputs: Record<string, string>;
}

/*
 * The script of action.yml as GitHub's runner starts it: inputs in the environment, files for outputs and summary. Not part
 * of `npm test`, because it builds the package.
 */
describe("The GitHub Action", function () {
  this.timeout(120_000);
  let folder: string;
  let home: string;

  before(() => {
    home = builtPackage();
  });
  after(() => rmSync(home, { recursive: true }));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const step = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
    new Promise<Step>((resolve) => {
      const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
      const runner = {
        ...process.env,
        ...env,
        NODE_NO_WARNINGS: "1",
        GITHUB_ACTIONS: "true",
        GITHUB_OUTPUT: join(folder, "output"),
        GITHUB_STEP_SUMMARY: join(folder, "summary"),
        RUNNER_TEMP: folder,
        INPUT_PACKAGE: home,
        ...Object.fromEntries(given),
      };
      execFile(process.execPath, [join(root, "action/main.mjs")], { env: runner }, (error, stdout, stderr) => {
        const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
        const outputs = [...read("output").matchAll(/^([\w-]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [
          name,
          value,
        ]);
        resolve({
          code: error === null ? 0 : typeof error.code === "number" ? error.code : -1,
          log: stdout + stderr,
          summary: read("summary"),
          outputs: Object.fromEntries(outputs),
        });
      });
    });
  const inWorld = (given: World, inputs: Record<string, string>, env: Record<string, string> = {}) =>
    served({ world: given }, (emulator) => step(inputs, { ...environmentOf(emulator), ...env }));

  it("check passes where the vault may be created, and says so in the summary", async () => {
    const { code, log, summary, outputs } = await inWorld(memberWorld(), { vault: "prod-vault", key: keyArn });

    expect(code, log).to.equal(0);
    expect(outputs).to.include({ outcome: "allowed", "blocking-layer": "" });
    expect(summary).to.include("prod-vault").and.include("1 passed");
    expect(log).to.not.match(/^::error/m);
  });

  it("check fails where a guardrail denies it: annotation, summary, SARIF and page name the layer", async () => {
    const guarded = memberWorld({ serviceControl: deny("kms:Decrypt", "backup:CreateBackupVault") });

    const { code, log, summary, outputs } = await inWorld(guarded, { vault: "prod-vault", key: keyArn });

    const sarif = JSON.parse(readFileSync(outputs.sarif ?? "", "utf8")) as { runs: { results: unknown[] }[] };
    expect(code).to.equal(1);
    expect(outputs).to.include({ outcome: "blocked", "blocking-layer": "service-control-policy" });
    expect(log).to.match(/^::error title=[^:]*::.*explicitly denies/m);
    expect(summary).to.include("service-control-policy");
    expect(sarif.runs[0]?.results).to.have.length.greaterThan(0);
    expect(readFileSync(outputs.html ?? "", "utf8")).to.match(/^<!doctype html>/i);
  });

  // Without an auditor, the caller itself reads, and may not.
  const unread = { BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: "" };
  const blind = memberWorld({ identity: allow("backup:*", "backup-storage:*", "kms:*") });
  for (const [failOn, expected] of [
    ["blocked", 0],
    ["inconclusive", 2],
    ["never", 0],
  ] as const) {
    it(`check ends with ${expected} where it cannot be told and fail-on is ${failOn}`, async () => {
      const inputs = { vault: "prod-vault", key: keyArn, fail_on: failOn };

      const { code, log, summary, outputs } = await inWorld(blind, inputs, unread);

      expect(outputs.outcome, log).to.equal("inconclusive");
      expect(code).to.equal(expected);
      expect(log).to.match(/^::warning title=/m);
      expect(summary).to.include("inconclusive");
    });
  }

  it("check answers for each of several vaults, and tells the worst", async () => {
    const half = memberWorld({
      identity: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "*", Resource: "*" },
          { Effect: "Deny", Action: "backup:*", Resource: "arn:aws:backup:*:*:backup-vault:prod-b" },
        ],
      },
    });

    const { code, summary, outputs } = await inWorld(half, { vault: "prod-a\nprod-b\n", key: keyArn });

    expect(code).to.equal(1);
    expect(outputs.outcome).to.equal("blocked");
    expect(summary).to.include("prod-a").and.include("prod-b");
    expect(JSON.parse(readFileSync(outputs.json ?? "", "utf8")))
      .to.have.property("diagnoses")
      .with.length(2);
  });

  it("plan answers for the vaults of a CDK app, as the role that CloudFormation makes them as", async () => {
    const key = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const audits = "arn:aws:backup:us-west-2:111122223333:backup-vault:audit-*";
    const statement = { Sid: "NoAudits", Effect: "Deny" as const, Action: "backup:*", Resource: audits };
    const planned = world({
      region: "us-west-2",
      caller: { arn: "arn:aws:iam::111122223333:role/Deployer" },
      accounts: [
        account({
          id: "111122223333",
          roles: [
            role({ name: "Deployer" }),
            role({
              name: "cdk-hnb659fds-cfn-exec-role-111122223333-us-west-2",
              inlinePolicies: [
                {
                  name: "All",
                  document: {
                    Version: "2012-10-17",
                    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }, statement],
                  },
                },
              ],
            }),
          ],
          keys: [{ arn: key }],
        }),
      ],
    });

    const { code, log, summary, outputs } = await inWorld(planned, {
      mode: "plan",
      plan: join(root, "examples/cdk/cdk.out"),
    });

    expect(code, log).to.equal(1);
    expect(outputs).to.include({ outcome: "blocked", "blocking-layer": "identity-policy" });
    expect(log).to.match(/^::error title=.*NoAudits/m);
    expect(summary).to.include("1 passed, 1 failed");
  });

  it("run leaves a command that succeeds alone", async () => {
    const { code, log, summary, outputs } = await step({ mode: "run", command: 'echo "all $((20 + 1)) deployed"' });

    expect(log).to.equal("all 21 deployed\n");
    expect(outputs).to.eql({ outcome: "none" });
    expect(summary).to.equal("");
    expect(code).to.equal(0);
  });

  it("run explains a refusal in what the command printed, and ends as the command did", async () => {
    const message =
      "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: User: arn:aws:sts::444455556666:assumed-role/Deployer/ci is not authorized to perform: backup-storage:MountCapsule because no identity-based policy allows the backup-storage:MountCapsule action";
    const script = join(folder, "deploy.sh");
    writeFileSync(script, `echo '${message}' >&2\nexit 7\n`);

    const { code, log, summary, outputs } = await step({ mode: "run", command: `bash '${script}'` });

    expect(code).to.equal(7);
    expect(outputs).to.include({ outcome: "blocked", "blocking-layer": "identity-policy" });
    expect(log).to.match(/^::error title=/m);
    expect(summary).to.include("backup-storage:MountCapsule");
  });

  for (const [inputs, told] of [
    [{ mode: "chek" }, "mode: chek: expected check, plan or run"],
    [{ vault: "" }, "--vault NAME is missing: which vault would be created?"],
    [{ vault: "a b\n::set-output name=x::y" }, "2 to 50"],
    [{ vault: "prod", fail_on: "always" }, "fail-on: always: expected blocked, inconclusive or never"],
    [{ vault: "prod", arguments: "--output=x" }, "arguments: --output=x: the action says so itself"],
    [{ vault: "prod", arguments: "--no-such" }, "unknown option '--no-such'"],
    [{ mode: "plan" }, "plan: is missing; expected a Terraform plan (JSON) or a template"],
    [{ mode: "run" }, "command: is missing; expected what to run"],
    [{ vault: "prod", region: "us-west-2" }, "there are no credentials that work"],
  ] as const) {
    it(`fails with an annotation that says what was expected: ${JSON.stringify(inputs)}`, async () => {
      const nobody = {
        AWS_CONFIG_FILE: "/nonexistent",
        AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
        AWS_EC2_METADATA_DISABLED: "true",
      };

      const { code, log, outputs } = await step(inputs, nobody);

      const [annotation = ""] = log
        .split("\n")
        .filter((line) => line.startsWith("::error title=backup-vault-access::"));
      expect(annotation).to.include(told);
      expect(log.split("\n").filter((line) => line.startsWith("::"))).to.have.length(1);
      expect(outputs).to.eql({ outcome: "failed" });
      expect(code).to.be.greaterThan(0);
    });
  }
});
