import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { served } from "../emulator/served.js";
import { allow, allSeven, keyArn, memberWorld } from "../emulator/worlds.js";
import { cliAt, type Outcome } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const deployer = "arn:aws:iam::444455556666:role/team/Deployer";
const nobody = "arn:aws:iam::444455556666:role/Nobody";
/** A world in which the role may create vaults whose names begin with "dev", and no others. */
const world = () => memberWorld({ identity: { ...allSeven } });
const checked = (args: string[], env: Record<string, string> = {}): Promise<Outcome> =>
  served({ world: world() }, (emulator) =>
    cliAt(["check", "--key", keyArn, ...args], { ...environmentOf(emulator), ...env }),
  );
const lines = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Diagnosis);

describe("backup-vault-access check, of many", function () {
  this.timeout(120_000);

  it("answers every combination of vaults, Regions and principals, a line each", async () => {
    const vaults = ["dev-vault", "prod-vault"];
    const regions = ["us-west-2", "eu-west-1"];
    const principals = [deployer, nobody];

    const { stdout, code } = await checked([
      ...vaults.flatMap((name) => ["--vault", name]),
      ...regions.flatMap((name) => ["--region", name]),
      ...principals.flatMap((name) => ["--principal", name]),
      "--format",
      "ndjson",
    ]);

    const asked = regions.flatMap((region) =>
      vaults.flatMap((vault) => principals.map((principal) => [region, vault, principal].join(" "))),
    );
    const told = lines(stdout).map(({ subject }) =>
      [subject.region, subject.backupVaultName, subject.principalArn].join(" "),
    );
    expect(told).to.have.members(asked);
    // The key is of another Region than half of them.
    expect(code).to.equal(1);
  });

  it("puts what is blocked first in a report, and counts all", async () => {
    const { stdout, code } = await checked(["--vault", "prod-vault", "--principal", deployer, "--principal", nobody]);

    const parts = stdout.split(/^-{72}$/m);
    expect(parts).to.have.length(3);
    expect(parts[0]).to.match(/inconclusive/);
    expect(parts[0]).to.match(/there is no arn:aws:iam::444455556666:role\/Nobody/);
    expect(parts[1]).to.match(/Nothing that was read blocks/);
    expect(parts[2]).to.match(/1 passed, 0 failed, 1 inconclusive/);
    expect(code).to.equal(2);
  });

  for (const format of ["json", "junit", "sarif", "html", "markdown", "github"]) {
    it(`reports many as ${format}, none dropped`, async () => {
      // What passes, annotations and code scanning do not list.
      const asked = ["--vault", "prod-vault", "--vault", "dev-vault", "--principal", deployer, "--format", format];

      const { stdout } = await served({ world: memberWorld({ identity: allow("kms:*") }) }, (emulator) =>
        cliAt(["check", "--key", keyArn, ...asked], environmentOf(emulator)),
      );

      expect(stdout).to.contain("prod-vault");
      expect(stdout).to.contain("dev-vault");
    });
  }

  it("checks a part of them for one of several machines", async () => {
    const all = ["a1", "b2", "c3", "d4", "e5"];
    const part = async (shard: string) => {
      const flags = all.flatMap((name) => ["--vault", name]);
      const { stdout } = await checked([...flags, "--shard", shard, "--format", "ndjson"]);
      return lines(stdout).map(({ subject }) => subject.backupVaultName);
    };

    expect([...(await part("1/2")), ...(await part("2/2"))]).to.have.members(all);
  });
});

describe("What makes that nothing can be said ends with 4, by its root", function () {
  this.timeout(120_000);

  for (const [what, args, env, words] of [
    [
      "a principal that does not exist",
      ["--principal", nobody],
      {},
      /^error: there is no arn:aws:iam::444455556666:role\/Nobody \(iam:GetRole: NoSuchEntityException/,
    ],
    [
      "credentials that AWS does not know",
      [],
      { AWS_SESSION_TOKEN: "over" },
      /^error: there are no credentials that work \(sts:GetCallerIdentity: InvalidClientTokenId.*mistyped, deleted/,
    ],
    [
      "credentials for the evidence that do not work",
      [],
      { BACKUP_VAULT_ACCESS_EVIDENCE_SESSION_TOKEN: "over" },
      /^error: there are no credentials that work \(.*those for the evidence: name others with --evidence-profile/,
    ],
  ] as const) {
    for (const command of ["check", "snapshot"]) {
      it(`${command}: ${what}`, async () => {
        const { stdout, stderr, code } = await served({ world: world() }, (emulator) =>
          cliAt([command, "--vault", "prod-vault", "--key", keyArn, ...args], {
            ...environmentOf(emulator),
            ...env,
          }),
        );

        expect(stderr).to.match(words);
        expect(stderr.trim().split("\n")).to.have.length(1);
        expect(stdout).to.equal("");
        expect(code).to.equal(4);
      });
    }
  }
});

describe("backup-vault-access check --error", function () {
  this.timeout(120_000);

  it("hears a refusal beside what can be read, and takes vault and Region from it", async () => {
    const { stdout, code } = await served({ world: world() }, (emulator) =>
      cliAt(
        ["check", "--key", keyArn, "--format", "json", "--error", new URL("refusal.txt", import.meta.url).pathname],
        {
          ...environmentOf(emulator),
          AWS_REGION: "",
          AWS_DEFAULT_REGION: "",
        },
      ),
    );

    const { blockingLayer, subject, evidence } = JSON.parse(stdout) as Diagnosis;
    expect(blockingLayer).to.equal("session-policy");
    expect(subject).to.include({ backupVaultName: "prod-vault", region: "us-west-2" });
    expect(evidence.some(({ status }) => status === "answered")).to.equal(true);
    expect(code).to.equal(1);
  });

  it("believes nothing of a refusal of another vault", async () => {
    const { stdout, code } = await served({ world: memberWorld({ identity: allow("*") }) }, (emulator) =>
      cliAt(
        ["check", "--vault", "dev", "--key", keyArn, "--error", new URL("refusal.txt", import.meta.url).pathname],
        environmentOf(emulator),
      ),
    );

    expect(stdout).to.match(/^The refusal is about another call \(vault: prod-vault, not dev\)/m);
    expect(code).to.equal(0);
  });

  it("hears of several refusals the one that is of the vault asked about, and tells the others", async () => {
    const folder = await mkdtemp(join(tmpdir(), "refusals-"));
    const file = join(folder, "log.txt");
    const refusal = await readFile(new URL("refusal.txt", import.meta.url), "utf8");
    await writeFile(file, `${refusal.replaceAll("prod-vault", "dev")}\n\n${refusal}`);

    const { stdout, stderr, code } = await served({ world: memberWorld({ identity: allow("*") }) }, (emulator) =>
      cliAt(["check", "--vault", "prod-vault", "--key", keyArn, "--error", file], environmentOf(emulator)),
    );
    await rm(folder, { recursive: true });

    expect(stdout).to.match(/^No session policy of the session allows backup:CreateBackupVault/m);
    expect(stderr).to.match(/also there, and not heard: a refusal of CreateBackupVault \(vault dev\) to arn:/);
    expect(code).to.equal(1);
  });
});
