import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { cli, cliProcess, command } from "./cli.js";

const examples = fileURLToPath(new URL("../examples/", import.meta.url));
const example = (name: string) => join(examples, `${name}.snapshot.json`);
const codes = { allowed: 0, blocked: 1, inconclusive: 2 };
const names = (await readdir(examples))
  .filter((name) => name.endsWith(".snapshot.json"))
  .map((name) => name.replace(".snapshot.json", ""));

// specification, section 6
describe("backup-vault-access explain", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "explain-"));
  });
  after(() => rm(folder, { recursive: true }));

  for (const name of names) {
    it(`answers ${name} with its outcome, as JSON and by its exit code`, async () => {
      const expected = JSON.parse(await readFile(join(examples, `${name}.expected.json`), "utf8")) as Diagnosis;

      const { code, stdout, stderr } = await cli(["explain", "--snapshot", example(name), "--format", "json"]);

      const diagnosis = JSON.parse(stdout) as Diagnosis;
      expect(diagnosis.outcome).to.equal(expected.outcome);
      expect(diagnosis.blockingLayer).to.equal(expected.blockingLayer);
      expect(diagnosis.blockers.map(({ layer, effect, actions }) => ({ layer, effect, actions }))).to.deep.equal(
        expected.blockers.map(({ layer, effect, actions }) => ({ layer, effect, actions })),
      );
      expect(code).to.equal(codes[expected.outcome]);
      expect(stderr).to.equal("");
    });
  }

  for (const [name, junit, github] of [
    ["allowed", /tests="1" failures="0" errors="0"/, /^backup-vault-access: 1 passed, 0 failed, 0 inconclusive\n$/],
    [
      "mountcapsule-missing",
      /<failure type="failed" [^>]*>[^<]*No identity policy of role Deployer allows backup-storage:MountCapsule\./,
      /^::error title=principal arn%3Aaws%3Aiam[^\n]*vault prod-vault[^\n]*::No identity policy of role Deployer allows/,
    ],
  ] as const) {
    it(`tells ${name} to test reports and to GitHub`, async () => {
      const asked = ["explain", "--snapshot", example(name), "--format"];

      const [xml, commands] = [await cli([...asked, "junit"]), await cli([...asked, "github"])];

      expect(xml.stdout).to.match(junit);
      expect(commands.stdout).to.match(github);
      expect([xml.code, commands.code]).to.deep.equal(name === "allowed" ? [0, 0] : [1, 1]);
    });
  }

  it("tells it as SARIF, Markdown and HTML, with the same exit code", async () => {
    const asked = ["explain", "--snapshot", example("mountcapsule-missing"), "--format"];

    const [sarif, markdown, html] = [
      await cli([...asked, "sarif"]),
      await cli([...asked, "markdown"]),
      await cli([...asked, "html"]),
    ];

    expect(JSON.parse(sarif.stdout)).to.have.nested.property("runs[0].results[0].ruleId", "identity-policy");
    expect(markdown.stdout).to.match(/^\| \*\*failed\*\* \| `principal arn:[^|]+` \| identity-policy \|$/m);
    expect(html.stdout).to.match(/^<!doctype html>[\s\S]+<td class="implicitDeny verdict">/);
    expect([sarif.code, markdown.code, html.code]).to.deep.equal([1, 1, 1]);
  });

  it("says who and where, then why, as a process of its own", async () => {
    const { code, stdout, stderr } = await cliProcess(["explain", "--snapshot", example("mountcapsule-missing")]);

    expect(stdout.split("\n")[2]).to.equal("No identity policy of role Deployer allows backup-storage:MountCapsule.");
    expect(stderr).to.equal("");
    expect(code).to.equal(1);
  });

  it("answers by its exit code though nobody reads what it prints", async () => {
    const child = spawn(process.execPath, [...command, "explain", "--snapshot", example("allowed")], {
      cwd: new URL("../../", import.meta.url),
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();

    const [[code], stderr] = await Promise.all([once(child, "exit"), text(child.stderr)]);

    expect(stderr).to.equal("");
    expect(code).to.equal(0);
  });

  it("takes a snapshot from stdin", async () => {
    const stdin = await readFile(example("allowed"), "utf8");

    const { code, stdout } = await cli(["explain", "--snapshot", "-"], { stdin });

    expect(stdout).to.match(/^Nothing that was read blocks the creation of the vault\.$/m);
    expect(code).to.equal(0);
  });

  for (const [how, text] of [
    ["bare", "MESSAGE"],
    [
      "as the AWS CLI prints it",
      "\nAn error occurred (AccessDeniedException) when calling the CreateBackupVault operation: MESSAGE\n",
    ],
    ["as an SDK prints it", "AccessDeniedException: MESSAGE"],
    ["as Node.js prints it", "Uncaught AccessDeniedException: MESSAGE\n    at throwDefaultError (file.js:388:20)\n"],
    [
      "as the SDK for Go prints it",
      "operation error Backup: CreateBackupVault, StatusCode: 403, api error AccessDeniedException: MESSAGE",
    ],
    ["as this package printed it", "AccessDeniedException: MESSAGE\n[identity-policy] No identity policy allows it.\n"],
    ["as JSON", '{"name":"AccessDeniedException","message":"MESSAGE"}'],
  ] as const) {
    it(`takes the text of a refusal, ${how}`, async () => {
      const message =
        "User: arn:aws:sts::444455556666:assumed-role/Deployer/x is not authorized to perform: backup:TagResource on resource: arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault because no identity-based policy allows the backup:TagResource action";
      const file = join(folder, "refusal.txt");
      await writeFile(file, text.replace("MESSAGE", message));

      const { code, stdout } = await cli(["explain", "--snapshot", example("allowed"), "--error", file]);

      expect(stdout).to.contain("No identity policy of role Deployer allows backup:TagResource.");
      expect(code).to.equal(1);
    });
  }

  it("prints nothing where it is to be quiet, and answers by its exit code", async () => {
    expect(await cli(["explain", "--quiet", "--snapshot", example("network-perimeter")])).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: "",
    });
  });

  it("writes into a file", async () => {
    const output = join(folder, "diagnosis.json");

    const { stdout } = await cli(["explain", "--snapshot", example("allowed"), "--format=json", "--output", output]);

    expect(stdout).to.equal("");
    expect((JSON.parse(await readFile(output, "utf8")) as Diagnosis).outcome).to.equal("allowed");
  });

  it("prints no control characters that a policy's names hold", async () => {
    const text = (await readFile(example("service-control-policy-denies"), "utf8")).replaceAll(
      "NoVaults",
      "No\\u001b[31mVaults\\u202e\\n",
    );

    const { stdout } = await cli(["explain", "--snapshot", "-"], { stdin: text });

    expect(stdout.replaceAll("\n", "")).to.not.match(/\p{Cc}|\u202e/u);
    expect(stdout).to.contain("[31mVaults");
  });
});

describe("Bad usage and bad input end with 3 and say what was expected", () => {
  const cases: [string, string[], RegExp, string?][] = [
    [
      "a field that is wrong",
      ["explain", "--snapshot", "-"],
      /--snapshot -: snapshotVersion: Expected snapshotVersion 1; received 2/,
      '{"snapshotVersion":2}',
    ],
    ["what is no JSON", ["explain", "--snapshot", "-"], /--snapshot -: the document: expected JSON/, "{"],
    [
      "a file that is not there",
      ["explain", "--snapshot", "/nowhere.json"],
      /--snapshot \/nowhere\.json: could not be read/,
    ],
    ["nothing to explain", ["explain"], /nothing to explain; expected --error FILE .*--snapshot FILE, or both/],
    ["an unknown command", ["explan"], /unknown command 'explan'[\s\S]*explain/],
    ["an unknown option", ["explain", "--snapshot", example("allowed"), "--fromat", "x"], /unknown option '--fromat'/],
    [
      "an unknown format",
      ["explain", "--snapshot", example("allowed"), "--format", "pdf"],
      /--format pdf: expected one of text, json, ndjson, junit, sarif, html, markdown, github/,
    ],
    [
      "an empty refusal",
      ["explain", "--snapshot", example("allowed"), "--error", "-"],
      /--error -: expected the text of the refusal/,
    ],
    [
      "an error that is no refusal",
      ["explain", "--snapshot", example("allowed"), "--error", "-"],
      /--error -: expected a refusal of CreateBackupVault for lack of rights \(AccessDeniedException\), found ThrottlingException/,
      "ThrottlingException: Rate exceeded",
    ],
    [
      "an option without its value",
      ["explain", "--snapshot", example("allowed"), "--format"],
      /--format: expected a value after it/,
    ],
    [
      "a role to read as that is none",
      ["check", "--vault", "prod", "--evidence-role", "Auditor"],
      /--evidence-role Auditor: expected the ARN of a role/,
    ],
    [
      "a role to read Organizations as that is none",
      ["check", "--vault", "prod", "--organization-role", "arn:aws:iam::111122223333:user/Eve"],
      /--organization-role .*: expected the ARN of a role/,
    ],
    ["stdin for two things", ["explain", "--snapshot", "-", "--error", "-"], /stdin can be read only once/],
    [
      "a configuration file where none is read",
      ["explain", "--snapshot", example("allowed"), "--config", "x"],
      /only check, snapshot and test/,
    ],
    [
      "a text that is no refusal",
      ["explain", "--snapshot", example("allowed"), "--error", "-"],
      /found a text that says nothing of one/,
      "hello",
    ],
    [
      "refusals of other operations alone",
      ["explain", "--error", "-"],
      /--error -: expected a refusal of CreateBackupVault .*found a refusal of PutObject to arn:aws:iam::111122223333:user\/a; a refusal of AssumeRole/,
      "An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:iam::111122223333:user/a is not authorized to perform: s3:PutObject\n\nAn error occurred (AccessDenied) when calling the AssumeRole operation: Access denied\n",
    ],
    [
      "an expired token",
      ["explain", "--error", "-"],
      /--error -: .*found ExpiredTokenException\. The session is over: sign in again/,
      "An error occurred (ExpiredTokenException) when calling the CreateBackupVault operation: The security token included in the request is expired",
    ],
    [
      "a clock that is wrong, which is no session that is over",
      ["explain", "--error", "-"],
      /found InvalidSignatureException\. The clock of the machine that signed is wrong/,
      "An error occurred (InvalidSignatureException) when calling the CreateBackupVault operation: Signature expired: 20261127T054000Z is now earlier than 20261127T055000Z (20261127T055500Z - 5 min.)",
    ],
    [
      "credentials that are missing, which have no error's name",
      ["explain", "--error", "-"],
      /found no credentials\. There are no credentials: name a profile with --profile NAME/,
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
    ],
    [
      "a host that is not found",
      ["explain", "--error", "-"],
      /--error -: .*found a network failure$/m,
      "dial tcp: lookup backup.eu-west-9.amazonaws.com on 10.0.0.2:53: no such host",
    ],
    ["an age that is empty", ["sweep", "--older-than", ""], /Expected a number of minutes/],
    ["an age of blanks", ["sweep", "--older-than", " "], /Expected a number of minutes/],
    ["an empty command to run", ["run", "--", ""], /nothing to run; expected -- COMMAND ARGS/],
    ["an empty command in the emulator", ["emulator", "--", ""], /nothing to run; expected -- COMMAND ARGS/],
    ["an account that is none", ["policy", "--account", "12"], /--account 12: expected 12 digits/],
    ["a vault's name that is none", ["policy", "--vault", "a b"], /--vault a b: expected 2 to 50 letters/],
    ["a Region that is none", ["policy", "--region", "Frankfurt"], /--region Frankfurt: expected a Region/],
    ["a partition that is none", ["policy", "--partition", "azure"], /--partition azure: expected a partition/],
    [
      "a key's alias in a policy",
      ["policy", "--key", "arn:aws:kms:eu-west-1:444455556666:alias/vaults"],
      /--key arn:\S+: expected the ARN of a KMS key, no alias/,
    ],
    [
      "a principal that is none",
      ["policy", "--principal", "Deployer"],
      /--principal Deployer: expected the ARN of an IAM user or role/,
    ],
    [
      "a key of another Region",
      ["policy", "--region", "eu-west-1", "--key", "arn:aws:kms:us-east-1:444455556666:key/1234abcd"],
      /--key arn:\S+: expected the vault's own Region, eu-west-1/,
    ],
    [
      "a principal of another account",
      ["policy", "--account", "111122223333", "--principal", "arn:aws:iam::444455556666:role/Deployer"],
      /--principal arn:\S+: expected the vault's own account, 111122223333/,
    ],
    ["a report of the emulator", ["emulator", "--format", "json"], /--format and --output: emulator prints no report/],
    ["no vault", ["check", "--region", "us-west-2"], /--vault NAME is missing/],
    ["a vault name that AWS does not take", ["check", "--vault", "a b", "--region", "us-west-2"], /--vault: expected/],
    ["a key that is no ARN", ["check", "--vault", "prod", "--key", "1234", "--region", "us-west-2"], /--key: expected/],
    ["a tag without a value", ["check", "--vault", "prod", "--tag", "team"], /Expected KEY=VALUE/],
    ["a timeout that is no number", ["check", "--vault", "prod", "--timeout", "soon"], /Expected a number of seconds/],
    ["two worlds", ["emulator", "--snapshot", "a", "--world", "b"], /expected one of the two/],
    ["a world that is wrong", ["emulator", "--world", "-"], /--world -: /, "{}"],
    [
      "expectations without a file that holds them",
      ["test"],
      /no configuration file was found; expected one with "expectations"/,
    ],
  ];
  for (const [what, args, words, stdin] of cases) {
    it(what, async () => {
      const { code, stdout, stderr } = await cli(args, { ...(stdin !== undefined && { stdin }) });

      expect(stderr).to.match(words);
      expect(stdout).to.equal("");
      expect(code).to.equal(3);
    });
  }

  it("asked for help it ends with 0", async () => {
    const { code, stdout } = await cli(["--help"]);

    expect(stdout).to.contain("Explains why AWS refused to create an AWS Backup vault.");
    expect(code).to.equal(0);
  });
});
