import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { allow, memberWorld } from "../emulator/worlds.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { lockProject, unlocked } = (await import(
  new URL("../../scripts/package/lockProject.mjs", import.meta.url).href
)) as {
  lockProject: (folder: string, project: string, manifest: object) => void;
  unlocked: (folder: string, project: string) => string[];
};
const readme = readFileSync(join(root, "README.md"), "utf8");

/** What a newcomer does first, once for all journeys: npm install of what npm pack makes, in an empty folder. */
const folder = mkdtempSync(join(tmpdir(), "newcomer-"));

/** A word of the README that the journey rests on: what is not written there, nobody would type. */
function written(words: string): string {
  expect(readme.replace(/\s+/g, " "), "README.md").to.include(words.replace(/\s+/g, " "));
  return words;
}

/** Types a line in the folder, with an account's environment. */
function typed(line: string, env: Record<string, string> = {}) {
  const { PATH = "", HOME = "" } = process.env;
  const answer = spawnSync("bash", ["-c", line], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH, HOME, NODE_NO_WARNINGS: "1", npm_config_offline: "true", ...env },
  });
  return { stdout: answer.stdout, stderr: answer.stderr, code: answer.status };
}

function file(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** An account in which MountCapsule was forgotten, the usual cause, and whose role may read its own policies. */
const forgotten = () => memberWorld({ identity: allow("backup:*", "kms:*", "iam:*", "organizations:*") });

/** An account on loopback for what is typed behind it. */
const account = "npx backup-vault-access emulator --world world.json --";

describe("A newcomer who follows the README from an empty folder", function () {
  this.timeout(300_000);

  before(() => {
    const packed = spawnSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root, encoding: "utf8" });
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    written("npm install backup-vault-access @aws-sdk/client-backup");
    const dependencies = {
      "backup-vault-access": `file:${filename}`,
      "@aws-sdk/client-backup": "*",
      mocha: "*",
      chai: "*",
    };
    lockProject(folder, "newcomer", { name: "newcomer", private: true, type: "module", dependencies });
    const { code, stderr } = typed("npm install --no-audit --no-fund --prefer-offline", {
      npm_config_offline: "false",
    });
    expect(code, stderr).to.equal(0);
    expect(unlocked(folder, "newcomer"), "installed, and named by no lock").to.deep.equal([]);
    file("world.json", JSON.stringify(forgotten()));
    mkdirSync(join(folder, "test"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("drop-in: the error that is caught names the missing action and who can mend it", () => {
    file(
      "create.js",
      [
        written('import { BackupClient, CreateBackupVaultCommand } from "backup-vault-access/client-backup";'),
        written('const client = new BackupClient({ region: "us-west-2" });'),
        written('await client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));'),
      ].join("\n"),
    );

    const { stderr, code } = typed(`${account} node create.js`);

    expect(stderr).to.match(/AccessDeniedException: Insufficient privileges/);
    expect(stderr).to.match(/No identity policy of role Deployer allows backup-storage:MountCapsule/);
    expect(code).to.equal(1);
  });

  it("text from a terminal: what the tool printed is explained, with the next command", () => {
    file(
      "refusal.txt",
      "│ Error: creating Backup Vault (prod-vault): operation error Backup: CreateBackupVault, https response error StatusCode: 403, RequestID: 1b2c, AccessDeniedException: Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.\n",
    );

    const { stdout, code } = typed(written("npx backup-vault-access explain --error refusal.txt"));

    expect(stdout).to.match(/prod-vault/);
    expect(stdout).to.match(/MountCapsule/);
    expect(stdout).to.match(/backup-vault-access check --vault prod-vault/);
    expect(code).to.be.oneOf([1, 2]);
  });

  it("check before deploying: the missing action, and exit code 1", () => {
    const { stdout, code } = typed(`${account} ${written("npx backup-vault-access check --vault prod-vault")}`);

    expect(stdout).to.match(/No identity policy of role Deployer allows backup-storage:MountCapsule/);
    expect(code).to.equal(1);
  });

  it("plan in CI: every vault of the plan, before the apply", () => {
    file("plan.json", readFileSync(join(root, "spec/plan/data/own-key.json"), "utf8"));

    const { stdout, code } = typed(`${account} ${written("npx backup-vault-access check --plan plan.json")}`);

    expect(stdout).to.match(/planned as aws_backup_vault\.main of plan\.json/);
    expect(stdout).to.match(/backup-storage:MountCapsule/);
    expect(code).to.equal(1);
  });

  it("assertion in mocha: the failing test prints why", () => {
    file(
      "test/vault.js",
      [
        'import { checkBackupVaultAccess } from "backup-vault-access";',
        'import { backupVaultAccess } from "backup-vault-access/testing";',
        'import { expect, use } from "chai";',
        written("use(backupVaultAccess());"),
        'const principalArn = "arn:aws:iam::444455556666:role/team/Deployer";',
        'it("lets the role create its vault", async function () {',
        "  this.timeout(60000);",
        written(
          'await expect(checkBackupVaultAccess({ backupVaultName: "prod-vault", principalArn })).to.allowCreatingBackupVault();',
        ),
        "});",
      ].join("\n"),
    );

    const { stdout, code } = typed(`${account} npx mocha test/vault.js`);

    expect(stdout).to.match(/Expected creating .*prod-vault to be allowed, but it is blocked by\s+identity-policy/);
    expect(stdout).to.match(/allows backup-storage:MountCapsule/);
    expect(code).to.equal(1);
  });

  it("snapshot sent to somebody else: explained there offline, without a name or an account", () => {
    const sent = typed(`${account} ${written("npx backup-vault-access snapshot --vault prod-vault --redact")}`);
    file("denied.snapshot.json", sent.stdout);

    const { stdout, code } = typed(written("npx backup-vault-access explain --snapshot denied.snapshot.json"));

    expect(sent.code, sent.stderr).to.equal(0);
    expect(sent.stdout).not.to.match(/444455556666|Deployer/);
    expect(stdout).to.match(/allows backup-storage:MountCapsule/);
    expect(code).to.equal(1);
  });
});
