import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GetAccountAuthorizationDetailsCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import type { CallEvent } from "../../lib/aws/callEvent.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { type Emulator, type Fault, role, user } from "../../lib/emulator/index.js";
import type { SurveySummary } from "../../lib/survey/SurveySummary.js";
import { served } from "../emulator/served.js";
import { accountId, allow, deny, keyArn, memberWorld } from "../emulator/worlds.js";
import { accountIdOf, type Planted, plantedOrganization, sharedKeyArn } from "../survey/plantedOrganization.js";
import { cli, cliAt, type Outcome } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const principals = fileURLToPath(new URL("principals.txt", import.meta.url));
const lines = (text: string) => text.trim().split("\n");
const diagnoses = (text: string) => lines(text).map((line) => JSON.parse(line) as Diagnosis);
const rowsOf = (stdout: string) => lines(stdout).slice(0, -1);
const arnOf = (row: string) => row.split(/\s+/).find((word) => word.startsWith("arn:")) ?? "";

let folder: string;
const file = (name: string) => join(folder, name);
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "survey-"));
});
after(() => rm(folder, { recursive: true }));

// specification, section 6
describe("backup-vault-access check, of an organization's stored dumps", function () {
  this.timeout(120_000);
  const planted = plantedOrganization(10, 15);
  const stopped = (by: Planted) => planted.principals.filter(({ stoppedBy }) => stoppedBy.includes(by));
  const checked = async (emulator: Emulator, ...args: string[]): Promise<Outcome> => {
    const dumps = [...planted.dumps].map(async ([id, text]) => {
      await writeFile(file(`${id}.json`), text);
      return file(`${id}.json`);
    });
    const asked = ["check", "--vault", "prod-vault", "--key", sharedKeyArn, ...args, "--account-file"];
    return cliAt([...asked, ...(await Promise.all(dumps))], environmentOf(emulator));
  };

  it("answers for every principal once, each as it was planted", () =>
    served({ world: planted.world }, async (emulator) => {
      const { stdout, code } = await checked(emulator);

      const told = rowsOf(stdout).map((row) => `${arnOf(row)} ${row.startsWith("allowed")}`);
      expect(told).to.have.members(planted.principals.map(({ arn, stoppedBy }) => `${arn} ${stoppedBy.length === 0}`));
      expect(code).to.equal(1);
      // An organization's policies and the key are read once, however many ask.
      const asked = emulator.requests.map(({ operation }) => operation);
      expect(asked.filter((operation) => operation === "GetKeyPolicy")).to.have.length(1);
      // Of service control policies FullAWSAccess and NoVaults, of resource control policies RCPFullAWSAccess.
      expect(asked.filter((operation) => operation === "DescribePolicy")).to.have.length(3);
      expect(asked.filter((operation) => /Role|User|Simulate/.test(operation))).to.deep.equal([]);
    }));

  it("keeps no answer of an account that it was interrupted at, so that the next run asks about it again", () =>
    served({ world: planted.world }, async (emulator) => {
      const journal = file("interrupted.ndjson");
      const kept = ["--format", "ndjson", "--resume", journal];
      let asked = 0;
      const interrupt = (message: unknown) => {
        const { type, call } = message as CallEvent;
        if (type !== "asked" || !call.startsWith("organizations:ListPoliciesForTarget")) return;
        asked += 1;
        if (asked === 8) process.emit("SIGINT");
      };
      subscribe("backup-vault-access:call", interrupt);
      const first = await checked(emulator, ...kept);
      unsubscribe("backup-vault-access:call", interrupt);
      const early = diagnoses(await readFile(journal, "utf8"));

      const second = await checked(emulator, ...kept);

      expect([first.code, second.code]).to.deep.equal([130, 1]);
      expect(early).to.have.length.within(1, planted.principals.length - 1);
      expect(early.map(({ outcome }) => outcome)).not.to.include("inconclusive");
      const answers = diagnoses(await readFile(journal, "utf8"));
      expect(answers.map(({ outcome, subject }) => `${subject.principalArn} ${outcome}`)).to.have.members(
        planted.principals.map(({ arn, stoppedBy }) => `${arn} ${stoppedBy.length === 0 ? "allowed" : "blocked"}`),
      );
    }));

  it("finds the planted causes, what one change would free most first, each proven", () =>
    served({ world: planted.world }, async (emulator) => {
      const { stdout } = await checked(emulator, "--summary", "--format", "json");

      const summary = JSON.parse(stdout) as SurveySummary;
      const alone = (by: Planted) => stopped(by).filter(({ stoppedBy }) => stoppedBy.length === 1).length;
      const expected = (
        [
          ["organization", "service-control-policy", "NoVaults"],
          ["group", "identity-policy", "NoVaults"],
          ["boundary", "permissions-boundary", "Boundary"],
          ["silence", "identity-policy", null],
        ] as const
      ).map(([by, layer, policy]) => ({ layer, policy, stops: stopped(by).length, frees: alone(by) }));
      expect(
        summary.causes.map(({ layer, policy, stops, frees }) => ({
          layer,
          policy: policy?.name ?? null,
          stops,
          frees,
        })),
      )
        // Of a silence each principal needs a change of its own: it comes last.
        .to.deep.equal(expected);
      expect(summary.causes.map(({ proven, stops }) => proven - stops)).to.deep.equal([0, 0, 0, 0]);
      const refused = planted.principals.filter(({ stoppedBy }) => stoppedBy.length > 0).length;
      expect(summary).to.include({ principals: 150, blocked: refused, allowed: 150 - refused, unfreed: 0 });
      expect(summary.steps.map(({ causes, changes }) => [causes, changes])).to.deep.equal([
        [[0], 1],
        [[1], 1],
        [[2], 1],
        [[3], stopped("silence").length],
      ]);
      expect(summary.steps.at(-1)?.freed).to.equal(refused);
    }));
});

describe("backup-vault-access check --all-principals", function () {
  this.timeout(120_000);
  const crowded = () => {
    const world = memberWorld({ serviceControl: deny("backup:CreateBackupVault"), boundary: allow("*") });
    world.accounts[0]?.roles.push(
      role({ name: "AWSServiceRoleForBackup", path: "/aws-service-role/backup.amazonaws.com/" }),
      role({ name: "Reader", attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"], tags: { team: "b" } }),
    );
    world.accounts[0]?.users.push(user({ name: "bob" }));
    return world;
  };
  const checked = (emulator: Emulator, ...args: string[]) =>
    cliAt(["check", "--vault", "prod-vault", "--key", keyArn, ...args], environmentOf(emulator));
  const everybody = ["user/alice", "user/bob", "role/team/Deployer", "role/Reader"].map(
    (name) => `arn:aws:iam::${accountId}:${name}`,
  );

  it("says of each what asking about it alone says, from a live stream and from a stored dump", () =>
    served({ world: crowded() }, async (emulator) => {
      const client = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
      const dump = await client.send(new GetAccountAuthorizationDetailsCommand({}));
      await writeFile(file("dump.json"), JSON.stringify(dump));
      const asked = everybody.flatMap((arn) => ["--principal", arn]);

      const [alone, live, stored] = await Promise.all([
        checked(emulator, "--format", "ndjson", ...asked),
        checked(emulator, "--format", "ndjson", "--all-principals"),
        checked(emulator, "--format", "ndjson", "--account-file", file("dump.json")),
      ]);

      const told = ({ stdout }: Outcome) =>
        diagnoses(stdout)
          .map(({ subject, outcome, blockers }) => ({ arn: subject.principalArn, outcome, blockers }))
          .sort((one, other) => String(one.arn).localeCompare(String(other.arn)));
      expect(told(live).map(({ arn }) => arn)).to.have.members(everybody);
      expect(told(live)).to.deep.equal(told(alone));
      expect(told(stored)).to.deep.equal(told(alone));
    }));

  it("takes principals from a file, and tells by file and line who is not there", () =>
    served({ world: crowded() }, async (emulator) => {
      const { stdout, stderr, code } = await checked(emulator, "--principals-from", principals);

      expect(rowsOf(stdout).map(arnOf)).to.deep.equal([`arn:aws:iam::${accountId}:role/team/Deployer`]);
      expect(stderr).to.match(/principals\.txt, line 4: there is no arn:aws:iam::444455556666:role\/Nobody/);
      expect(code).to.equal(4);
    }));

  it("asks again about answers whose evidence had failed, and keeps one answer of each", async () => {
    const journal = file("failing.ndjson");
    const failing: Fault = { effect: "error", code: "ValidationException", status: 400, operation: "GetKeyPolicy" };
    const args = ["--all-principals", "--format", "ndjson", "--resume", journal];
    const outcomes = async () =>
      diagnoses(await readFile(journal, "utf8"))
        .map(({ outcome, subject }) => `${subject.principalArn} ${outcome}`)
        .sort();

    const first = await served({ world: memberWorld(), faults: [failing] }, (emulator) => checked(emulator, ...args));
    const early = await outcomes();
    await chmod(journal, 0o600);
    const second = await served({ world: memberWorld() }, (emulator) => checked(emulator, ...args));

    expect(early.join()).to.match(/Deployer inconclusive/);
    expect(first.stderr).to.match(
      /of \d answers some evidence could not be read; the same command asks about them again/,
    );
    expect(second.stderr).not.to.match(/could not be read/);
    expect((await stat(journal)).mode & 0o777).to.equal(0o600);
    expect(await outcomes()).to.deep.equal(early.map((line) => line.replace("inconclusive", "allowed")));
  });

  it("takes no answer about a call with other tags or another context for one about this call", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const journal = file("asked.ndjson");
      await checked(emulator, "--all-principals", "--resume", journal, "--tag", "env=prod");

      const same = await checked(emulator, "--all-principals", "--resume", journal, "--tag", "env=prod");
      const others = await Promise.all(
        [[], ["--tag", "env=test"], ["--tag", "env=prod", "--context", "aws:SourceIp=203.0.113.9"]].map((other) =>
          checked(emulator, "--all-principals", "--resume", journal, ...other),
        ),
      );

      expect(same.stderr).to.match(/2 answers are there already/);
      for (const { stdout, stderr, code } of others) {
        expect({ stdout, code }).to.deep.equal({ stdout: "", code: 3 });
        expect(stderr).to.match(
          /asked\.ndjson, line 1: it is about a call with other tags \(--tag\) or another context/,
        );
      }
    }));

  for (const format of ["text", "ndjson", "junit"]) {
    it(`leaves an earlier report as it is where nothing could be answered, as ${format}`, async () => {
      const report = file(`report.${format}`);
      await writeFile(report, "earlier");
      const failing: Fault = { effect: "error", code: "ValidationError", status: 400, service: "iam" };

      const { code } = await served({ world: memberWorld(), faults: [failing] }, (emulator) =>
        checked(emulator, "--all-principals", "--format", format, "--output", report),
      );

      expect(code).to.equal(4);
      expect(await readFile(report, "utf8")).to.equal("earlier");
    });
  }

  it("names the right that is missing where IAM does not tell, and what to do instead", () => {
    return served({ world: memberWorld({ identity: allow("iam:GetRole", "kms:*") }) }, async (emulator) => {
      const asCaller = { ...environmentOf(emulator), BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: "" };

      const { stderr, stdout, code } = await cliAt(["check", "--vault", "prod", "--all-principals"], asCaller);

      expect(stderr).to.match(
        /^error: iam:GetAccountAuthorizationDetails: AccessDenied.*needs iam:GetAccountAuthorizationDetails; --principal ARN reads/,
      );
      expect(stderr.split("\n")).to.have.length(2);
      expect(rowsOf(stdout)).to.deep.equal([]);
      expect(code).to.equal(4);
    });
  });
});

describe("backup-vault-access explain, of a stored dump", () => {
  const snapshot = fileURLToPath(new URL("../examples/allowed.snapshot.json", import.meta.url));
  const dump = (plantedOrganization(1, 40).dumps.get(accountIdOf(0)) ?? "").replaceAll(accountIdOf(0), accountId);
  const explained = async (text: string, ...args: string[]) => {
    await writeFile(file("stored.json"), text);
    return cli(["explain", "--snapshot", snapshot, "--account-file", file("stored.json"), ...args]);
  };
  const all = rowsOf;

  it("splits among machines by the principals' ARNs: each falls into one part, whoever else is there", async () => {
    const whole = all((await explained(dump)).stdout);
    const half = dump.replace(/role-1"/g, 'role-111"');

    const parts = await Promise.all(
      [1, 2, 3].map(async (n) => all((await explained(dump, "--shard", `${n}/3`)).stdout)),
    );
    const other = all((await explained(half, "--shard", "1/3")).stdout);

    expect(whole).to.have.length(40);
    expect(parts.flat()).to.have.members(whole);
    expect(Math.min(...parts.map(({ length }) => length))).to.be.greaterThan(5);
    const moved = other.filter((row) => !parts[0]?.includes(row));
    expect(moved.every((row) => row.includes("role-111"))).to.equal(true);
  });

  it("goes on where its file ends, also within a line, and gives the same table as in one piece", async () => {
    const whole = await explained(dump);
    const journal = file("journal.ndjson");
    await explained(dump, "--resume", journal, "--format", "ndjson");
    const kept = await readFile(journal, "utf8");
    const cut = lines(kept).slice(0, 11).join("\n").slice(0, -40);
    await writeFile(journal, cut);

    const { stdout, stderr } = await explained(dump, "--resume", journal);

    expect(stdout).to.equal(whole.stdout);
    expect(stderr).to.match(/journal\.ndjson, line 11 \(byte \d+\): the file ends within this line; it is done again/);
    expect(await readFile(journal, "utf8")).to.equal(kept);
  });

  it("keeps nothing twice and says nothing new where all is done already", async () => {
    const journal = file("done.ndjson");
    await explained(dump, "--resume", journal, "--format", "ndjson");
    const kept = await readFile(journal, "utf8");

    const { stdout } = await explained(dump + dump, "--resume", journal, "--format", "ndjson");

    expect(stdout).to.equal("");
    expect(await readFile(journal, "utf8")).to.equal(kept);
    expect(new Set(diagnoses(kept).map(({ subject }) => subject.principalArn)).size).to.equal(40);
  });

  it("sums up the same from a file that holds some of the answers", async () => {
    const whole = await explained(dump, "--summary", "--format", "json");
    const journal = file("some.ndjson");
    await explained(dump, "--resume", journal, "--format", "ndjson", "--shard", "1/2");

    const { stdout } = await explained(dump, "--resume", journal, "--summary", "--format", "json");

    expect(JSON.parse(stdout)).to.deep.equal(JSON.parse(whole.stdout));
  });

  const cutOff = dump.slice(0, dump.indexOf("role-20/*"));
  const twoAccounts = dump.replace(`:${accountId}:role/role-10"`, ':999999999999:role/role-10"');
  for (const [what, text, words] of [
    [
      "a dump that is cut off",
      cutOff,
      /stored\.json: line \d+, column \d+: cut off: the file ends within RoleDetailList\[\d+\]\.RolePolicyList\[0\]/,
    ],
    ["a second page that is cut off", dump + cutOff, /cut off: the file ends within page 2, RoleDetailList\[\d+\]/],
    [
      "mixed accounts",
      twoAccounts,
      /stored\.json: RoleDetailList\[\d+\]\.Arn: expected account 444455556666, as of arn:\S+, found arn:aws:iam::999999999999:role\/role-10/,
    ],
    [
      "another account's dump",
      dump.replaceAll(accountId, "999999999999"),
      /stored\.json: of account 999999999999, but --snapshot \S+ is of account 444455556666/,
    ],
    [
      "a dump that promises more pages",
      dump.replace(/\}\s*$/, ', "IsTruncated": true, "Marker": "x" }'),
      /IsTruncated: says that more pages follow/,
    ],
    [
      "what is no dump",
      '{"Users":[]}',
      /the document: expected UserDetailList, GroupDetailList, RoleDetailList, Policies/,
    ],
    ["what is no JSON", "UserDetailList: []", /stored\.json: line 1, column 1: expected JSON/],
    [
      "a policy that is no document",
      dump.replace(/"PolicyDocument": \{/, '"PolicyDocument": 5, "X": {'),
      /UserDetailList\[0\]\.UserPolicyList\[0\]\.PolicyDocument: Expected a policy document/,
    ],
    ["nobody", '{"Policies":[]}', /expected users or roles in it, found none/],
  ] as const) {
    it(`tells ${what} by name and place`, async () => {
      const { code, stderr, stdout } = await explained(text);

      expect(stderr).to.match(words);
      expect(stderr.split("\n")).to.have.length(2);
      expect(rowsOf(stdout)).to.deep.equal([]);
      expect(code).to.equal(3);
    });
  }

  it("answers what the other files hold where one is no dump", async () => {
    await writeFile(file("broken.json"), "{");

    const { stdout, stderr, code } = await explained(dump, file("broken.json"));

    expect(rowsOf(stdout)).to.have.length(40);
    expect(stderr).to.match(/broken\.json: line 1, column 2: cut off/);
    expect(code).to.equal(3);
  });

  for (const [what, args, words, code] of [
    [
      "a shard that is none",
      ["--shard", "5/4"],
      /--shard <part>' argument '5\/4' is invalid\. Expected a part as 1\/4/,
      3,
    ],
    [
      "a principal that is no ARN",
      ["--principals-from", "-"],
      /--principals-from -, line 2: nobody: expected the ARN of a user or role/,
      3,
    ],
    ["a journal whose line is no answer", ["--resume", "JOURNAL"], /odd\.ndjson, line 1: diagnosisVersion: /, 3],
    [
      "a format that a summary has not",
      ["--summary", "--format", "junit"],
      /--format junit: expected one of text, json, ndjson, markdown/,
      3,
    ],
    [
      "two places for the same lines",
      ["--resume", "JOURNAL", "--format", "ndjson", "-o", "x"],
      /--output x: with --resume the lines go to/,
      3,
    ],
    [
      "a journal that is a folder",
      ["--resume", "."],
      /^error: --resume \.: expected a file, which is read and written/,
      3,
    ],
    ["a journal that never ends", ["--resume", "/dev/zero"], /^error: --resume \/dev\/zero: expected a file/, 3],
    ["a fix of many", ["--fix", "1"], /--fix: is not for many principals at once/, 3],
  ] as const) {
    it(`tells ${what}`, async () => {
      await writeFile(file("odd.ndjson"), "{}\n");
      await writeFile(file("stored.json"), dump);
      const asked = args.map((arg) => (arg === "JOURNAL" ? file("odd.ndjson") : arg));

      const found = await cli(["explain", "--snapshot", snapshot, "--account-file", file("stored.json"), ...asked], {
        stdin: "# those\nnobody\n",
      });

      expect(found.stderr).to.match(words);
      expect(found.code).to.equal(code);
    });
  }

  it("expects many where it is asked for what only many have", async () => {
    const { stderr, code } = await cli(["explain", "--snapshot", snapshot, "--summary"]);

    expect(stderr).to.match(/--summary: expected many principals beside it/);
    expect(code).to.equal(3);
  });
});
