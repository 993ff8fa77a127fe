import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { useEmulator } from "../../lib/testing/index.js";
import { asked } from "../client/refusals.js";
import { accountId, allow, keyArn, memberWorld } from "../emulator/worlds.js";
import { cli, cliAt, cliProcess, type Outcome } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const deployer = `arn:aws:iam::${accountId}:role/team/Deployer`;
const alice = `arn:aws:iam::${accountId}:user/alice`;
const met = [
  { principal: deployer, vault: "prod-vault", key: keyArn, expect: { blockedBy: "identity-policy" } },
  { principal: alice, vault: "prod-vault", key: keyArn, expect: "allowed" },
];
const unmet = { principal: deployer, vault: "prod-vault", key: keyArn, expect: "allowed" };
/** What the address is, no API tells. */
const unknowable = {
  name: "the office may",
  principal: `arn:aws:iam::${accountId}:user/bob`,
  vault: "prod-vault",
  key: keyArn,
  expect: "allowed",
};

describe("backup-vault-access test", function () {
  this.timeout(60_000);

  const world = memberWorld({ identity: allow("backup:*", "kms:*") });
  const office = { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } };
  world.accounts[0]?.users.push({
    name: "bob",
    groups: [],
    accessKeys: [],
    tags: {},
    attachedPolicies: [],
    inlinePolicies: [
      {
        name: "FromTheOffice",
        document: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition: office }],
        },
      },
    ],
  });
  const emulator = useEmulator({ world });

  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "expectations-"));
    file = join(folder, ".backup-vault-accessrc.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function test(expectations: unknown, ...args: string[]): Promise<Outcome> {
    await writeFile(file, JSON.stringify({ expectations }));
    return cliAt(["test", "--config", file, ...args], environmentOf(emulator()));
  }

  it("ends with 0 where all are met, and says so", async () => {
    const { code, stdout, stderr } = await test(met);

    expect(stdout).to.equal(
      `met           role/team/Deployer may not create prod-vault with key/1234abcd-12ab-34cd-56ef-1234567890ab: identity-policy
met           user/alice may create prod-vault with key/1234abcd-12ab-34cd-56ef-1234567890ab

2 expectations: 2 met, 0 not met, 0 inconclusive
`,
    );
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
  });

  it("ends with 1 where one is not met, and prints its diagnosis", async () => {
    const { code, stdout } = await test([...met, unmet]);

    expect(stdout).to.match(/^NOT MET {7}role\/team\/Deployer may create prod-vault/m);
    expect(stdout).to.match(/^ {4}Expected creating .* to be allowed, but it is blocked by identity-policy\.$/m);
    expect(stdout).to.match(/^ {4} {2}fix 1 {6}/m);
    expect(stdout).to.match(/\n3 expectations: 2 met, 1 not met, 0 inconclusive\n$/);
    expect(code).to.equal(1);
  });

  it("ends with 2 where one cannot be known, with 1 where another is not met", async () => {
    const inconclusive = await test([...met, unknowable]);
    const both = await test([unknowable, unmet]);

    expect(inconclusive.stdout).to.match(/^INCONCLUSIVE {2}the office may$/m);
    expect(inconclusive.stdout).to.match(/aws:SourceIp/);
    expect([inconclusive.code, both.code]).to.deep.equal([2, 1]);
  });

  it("takes what cannot be known where the expectation says so", async () => {
    const { code } = await test([{ ...unknowable, allowInconclusive: true }]);

    expect(code).to.equal(0);
  });

  it("reads what several expectations share once", async () => {
    await test([met[0]], "--quiet");
    const alone = asked(emulator());
    emulator().reset();

    const { code } = await test([met[0], { ...met[0], name: "again" }, { ...met[0], name: "and again" }], "--quiet");

    const together = asked(emulator());
    expect(code).to.equal(0);
    expect(together.sort()).to.deep.equal(alone.sort());
  });

  it("prints JSON: the diagnoses, and how each expectation went", async () => {
    const { stdout } = await test([...met, unmet], "--format", "json");
    const one = await test([unmet], "--format", "json");

    const { diagnoses, expectations } = JSON.parse(stdout) as {
      diagnoses: Diagnosis[];
      expectations: { status: string }[];
    };
    expect(diagnoses.map(({ outcome }) => outcome)).to.deep.equal(["blocked", "allowed", "blocked"]);
    expect(expectations.map(({ status }) => status)).to.deep.equal(["met", "met", "not-met"]);
    expect((JSON.parse(one.stdout) as Diagnosis).outcome).to.equal("blocked");
  });

  it("prints JUnit XML, to a file where one is named", async () => {
    const report = join(folder, "report.xml");

    const { stdout } = await test([...met, unmet, unknowable], "--format", "junit", "--output", report);

    const { readFile } = await import("node:fs/promises");
    const xml = await readFile(report, "utf8");
    expect(stdout).to.equal("");
    expect(xml).to.match(/<testsuites name="backup-vault-access" tests="4" failures="1" errors="1" time="\d+\.\d{3}">/);
    expect(xml.match(/<testcase /g)).to.have.length(4);
  });

  it("prints GitHub's annotations", async () => {
    const { stdout } = await test([unmet, unknowable], "--format", "github");

    expect(stdout).to.match(
      /^::error title=role\/team\/Deployer may create prod-vault with [^:\n]*::Expected creating /m,
    );
    expect(stdout).to.match(/^::warning title=the office may::/m);
    expect(stdout.split("\n")).to.have.length(4);
  });

  it("runs only those whose name holds a text, and only a shard of them", async () => {
    const named = [1, 2, 3, 4, 5].map((number) => ({ ...met[1], name: `case ${number}` }));

    const only = await test([...met, ...named], "--only", "CASE 3");
    const shards = await Promise.all(
      ["1/2", "2/2"].map((part) =>
        cliProcess(["test", "--config", file, "--only", "case ", "--shard", part], environmentOf(emulator())),
      ),
    );

    expect(only.stdout).to.match(/^met {11}case 3\n\n1 expectation: 1 met/);
    expect(shards.map(({ stdout }) => stdout.match(/case \d/g)?.join(", "))).to.deep.equal([
      "case 1, case 3, case 5",
      "case 2, case 4",
    ]);
  });

  it("runs as many at a time as it is told, with the same results in the same order", async () => {
    const one = await test([...met, unmet, unknowable], "--parallel", "1");
    const many = await test([...met, unmet, unknowable], "--parallel", "8");

    const order = (stdout: string) => stdout.match(/^(met|NOT MET|INCONCLUSIVE) .*/gm);
    expect(order(many.stdout)).to.deep.equal(order(one.stdout));
  });

  it("tells the results of the others where one cannot be asked about", async () => {
    await writeFile(file, JSON.stringify({ expectations: [{ ...unmet, principal: undefined }, ...met] }));

    const { code, stdout } = await cliAt(["test", "--config", file], {
      ...environmentOf(emulator()),
      // The caller's own credentials are over; those for the evidence are not.
      AWS_SESSION_TOKEN: "over",
    });

    expect(stdout).to.match(/there are no credentials that work \(sts:GetCallerIdentity: /);
    expect(stdout).to.match(/3 expectations: 2 met, 0 not met, 1 inconclusive/);
    expect(code).to.equal(2);
  });

  it("ends with 4 where AWS cannot be asked", async () => {
    await writeFile(file, JSON.stringify({ expectations: met }));

    const { code, stderr } = await cliAt(["test", "--config", file, "--timeout", "3"], {
      ...environmentOf(emulator()),
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    });

    expect(stderr).to.match(/^error: could not read anything from AWS/);
    expect(code).to.equal(4);
  });

  for (const [title, config, message] of [
    ["no expectations", {}, /expectations: expected a list, as \[/],
    ["a setting that there is not", { expectatons: [] }, /expectatons: no such setting; did you mean expectations\?/],
    [
      "a layer that there is not",
      { expectations: [{ vault: "prod", expect: { blockedBy: "scp" } }] },
      /expectations\[0\]\.expect/,
    ],
    ["no vault", { expectations: [{ expect: "allowed" }] }, /expectations\[0\]\.vault: .*missing/],
  ] as const) {
    it(`ends with 3 of ${title}, naming file and place`, async () => {
      await writeFile(file, JSON.stringify(config));

      const { code, stdout, stderr } = await cli(["test", "--config", file]);

      expect(stderr).to.include(file).and.to.match(message);
      expect([code, stdout]).to.deep.equal([3, ""]);
    });
  }

  it("ends with 3 where no name holds the text of --only", async () => {
    await writeFile(file, JSON.stringify({ expectations: met }));

    const { code, stderr } = await cli(["test", "--config", file, "--only", "nobody"]);

    expect(stderr).to.match(/^error: --only nobody: no expectation's name holds this text; there are: role\/team/);
    expect(code).to.equal(3);
  });

  for (const part of ["0/4", "5/4", "a/b", "1"]) {
    it(`ends with 3 of --shard ${part}`, async () => {
      expect((await cli(["test", "--shard", part])).code).to.equal(3);
    });
  }
});

describe("backup-vault-access check --attempt", function () {
  this.timeout(60_000);
  const emulator = useEmulator({ world: memberWorld({ identity: allow("backup:*", "backup-storage:*", "kms:*") }) });
  const attempt = (...args: string[]) =>
    cliAt(["check", "--attempt", "--vault", "prod-vault", "--key", keyArn, ...args], environmentOf(emulator()));
  const vaults = () => emulator().world.accounts.flatMap((account) => account.vaults.map(({ name }) => name));

  it("creates the vault and removes it again, says so, and ends with 0", async () => {
    const { code, stdout, stderr } = await attempt("--format", "json");

    expect(stderr).to.match(/^AWS created arn:aws:backup:.*:prod-vault, and it was removed again\.\n$/);
    expect((JSON.parse(stdout) as Diagnosis).outcome).to.equal("allowed");
    expect(asked(emulator())).to.include("backup:CreateBackupVault").and.to.include("backup:DeleteBackupVault");
    expect([code, vaults()]).to.deep.equal([0, []]);
  });

  it("explains AWS's own refusal, and ends with 1", async () => {
    emulator().reset(memberWorld({ identity: allow("backup:*", "kms:*") }));

    const { code, stdout } = await attempt();

    expect(stdout).to.match(/^No identity policy of role Deployer allows backup-storage:MountCapsule\.$/m);
    expect(asked(emulator())[0]).to.equal("backup:CreateBackupVault");
    expect(code).to.equal(1);
  });

  it("reports a leftover, and ends with 4", async () => {
    emulator().reset(memberWorld({ identity: allow("backup:Create*", "backup-storage:*", "kms:*") }));

    const { code, stderr } = await attempt();

    expect(stderr).to.match(
      /^error: The backup vault arn:.*:prod-vault is left over: .*aws backup delete-backup-vault --backup-vault-name prod-vault --region us-west-2\n/m,
    );
    expect([code, vaults()]).to.deep.equal([4, ["prod-vault"]]);
  });

  it("reports a leftover also where what follows fails", async () => {
    emulator().reset(memberWorld({ identity: allow("backup:Create*", "backup-storage:*", "kms:*") }));

    const { code, stderr } = await attempt("--output", "no/such/folder/answer.txt");

    expect(stderr).to.match(/^error: --output no\/such\/folder\/answer\.txt: could not be written/m);
    expect(stderr).to.match(/^error: The backup vault arn:.*:prod-vault is left over: /m);
    expect([code, vaults()]).to.deep.equal([4, ["prod-vault"]]);
  });

  it("does not touch a vault that exists, and ends with 3", async () => {
    const first = emulator().world.accounts.find(({ id }) => id === accountId);
    first?.vaults.push({
      name: "prod-vault",
      region: "us-west-2",
      encryptionKeyArn: keyArn,
      creationDate: "2026-01-01T00:00:00Z",
      tags: {},
    });

    const { code, stderr } = await attempt();

    expect(stderr).to.equal("error: --attempt: the vault prod-vault exists already; name one that does not\n");
    expect([code, vaults()]).to.deep.equal([3, ["prod-vault"]]);
  });

  it("is for the caller alone: with --principal it ends with 3", async () => {
    const { code, stderr } = await attempt("--principal", deployer);

    expect(stderr).to.match(/^error: --attempt: the vault is created as the caller/);
    expect([code, asked(emulator())]).to.deep.equal([3, []]);
  });
});
