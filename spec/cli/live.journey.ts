import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { served } from "../emulator/served.js";
import { allow, deny, memberWorld } from "../emulator/worlds.js";
import { cli, cliProcess, command } from "./cli.js";

const key = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const example = (name: string) => fileURLToPath(new URL(`../examples/${name}.snapshot.json`, import.meta.url));
/** Whatever the machine that runs the specs is configured for does not count. */
const nothingConfigured = {
  AWS_ACCESS_KEY_ID: "",
  AWS_PROFILE: "",
  AWS_REGION: "",
  AWS_DEFAULT_REGION: "",
  AWS_ENDPOINT_URL: "",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
};
const inWorldOf = (name: string, args: string[]) =>
  cliProcess(["emulator", "--snapshot", example(name), "--", process.execPath, ...command, ...args]);

// specification, section 6
describe("Live commands, over the emulator's environment", function () {
  this.timeout(60_000);

  // What a session policy or the caller's own context says, no API tells: those examples have neither.
  for (const name of [
    "mountcapsule-missing",
    "boundary-lacks-backup-storage",
    "key-policy-names-nobody",
    "service-control-policy-denies",
    "allowed",
  ]) {
    it(`check says of ${name}'s world what explain says of the snapshot`, async () => {
      const offline = await cli(["explain", "--snapshot", example(name), "--format", "json"]);

      const live = await inWorldOf(name, ["check", "--vault", "prod-vault", "--key", key, "--format", "json"]);

      const told = JSON.parse(live.stdout) as Diagnosis;
      const expected = JSON.parse(offline.stdout) as Diagnosis;
      expect(told.outcome).to.equal(expected.outcome);
      expect(told.blockers).to.deep.equal(expected.blockers);
      expect(told.actions.map(({ verdict }) => verdict)).to.deep.equal(expected.actions.map(({ verdict }) => verdict));
      expect(live.code).to.equal(offline.code);
    });
  }

  it("emulator --record writes every request and the statement that decided", async () => {
    const directory = await mkdtemp(join(tmpdir(), "record-"));
    const file = join(directory, "requests.ndjson");
    const world = join(directory, "world.json");
    await writeFile(world, JSON.stringify(memberWorld({ serviceControl: deny("kms:Decrypt") })));
    try {
      const args = ["emulator", "--world", world, "--record", file, "--", process.execPath, ...command];
      await cliProcess([...args, "check", "--vault", "prod-vault", "--key", key, "--attempt"]);

      const lines = (await readFile(file, "utf8")).trim().split("\n");
      const creating = lines.map((line) => JSON.parse(line)).find(({ operation }) => operation === "CreateBackupVault");
      expect(creating).to.include({ service: "backup", errorCode: "AccessDeniedException", status: 403 });
      expect(creating.decisions.at(-1)).to.deep.include({
        action: "kms:Decrypt",
        forwarded: true,
        allowed: false,
        layer: "service control policy",
        statement: { sid: null, index: 0 },
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("snapshot --redact prints a snapshot without account ids, fit for explain", async () => {
    const { stdout, code } = await inWorldOf("mountcapsule-missing", [
      "snapshot",
      "--vault",
      "prod-vault",
      "--key",
      key,
      "--redact",
    ]);

    expect(code).to.equal(0);
    expect(stdout).to.not.contain("444455556666");
    parseSnapshot(stdout);
    const explained = await cli(["explain", "--snapshot", "-"], { stdin: stdout });
    expect(explained.code).to.equal(1);
  });

  it("emulator ends with the exit code of its command", async () => {
    const { code } = await cliProcess(["emulator", "--", process.execPath, "-e", "process.exit(7)"]);

    expect(code).to.equal(7);
  });

  it("emulator leads its command to itself, whatever the environment says of AWS and of proxies", async () => {
    const shown =
      "JSON.stringify(Object.keys(process.env).filter((name) => /^AWS_(USE|CRED|PROF)|_BACKUP$/.test(name)))";
    const given = {
      AWS_PROFILE: "prod",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z",
      AWS_ENDPOINT_URL_BACKUP: "http://elsewhere",
      NO_PROXY: "intranet",
      no_proxy: "",
    };
    const script = `${shown} + process.env.no_proxy + process.env.NO_PROXY`;
    const { stdout, code } = await cliProcess(["emulator", "--", process.execPath, "-p", script], given);

    expect(stdout).to.equal("[]intranet,127.0.0.1intranet,127.0.0.1\n");
    expect(code).to.equal(0);
  });

  it("emulator ends with 4 and says so where its command cannot be run", async () => {
    const { code, stderr } = await cliProcess(["emulator", "--", "no-such-command"]);

    expect(stderr).to.match(/^error: no-such-command could not be run/);
    expect(code).to.equal(4);
  });

  it("check takes Region, credentials and endpoint of the profile that it is given, whatever keys the environment has", () =>
    served({ world: memberWorld({ identity: allow("backup:*", "kms:*") }) }, async (emulator) => {
      const { accessKeyId, secretAccessKey, sessionToken } = emulator.clientConfig().credentials;
      const folder = await mkdtemp(join(tmpdir(), "profile-"));
      const file = join(folder, "config");
      await writeFile(
        file,
        `[profile local]
region = us-west-2
endpoint_url = ${emulator.url}
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
aws_session_token = ${sessionToken}
[profile auditor]
aws_access_key_id = ${emulator.auditor.accessKeyId}
aws_secret_access_key = ${emulator.auditor.secretAccessKey}
aws_session_token = ${emulator.auditor.sessionToken}
`,
      );
      try {
        const { code, stdout, stderr } = await cliProcess(
          ["check", "--vault", "prod-vault", "--key", key, "--profile", "local", "--evidence-profile", "auditor"],
          {
            ...nothingConfigured,
            AWS_CONFIG_FILE: file,
            AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
            AWS_SECRET_ACCESS_KEY: "of somebody else",
          },
        );

        expect(stderr).to.equal("");
        expect(stdout).to.match(/^No identity policy of role Deployer allows backup-storage:MountCapsule\.\n/m);
        expect(code).to.equal(1);
      } finally {
        await rm(folder, { recursive: true });
      }
    }));

  it("check names the profile that has no credentials", async () => {
    const { code, stderr } = await cliProcess(
      ["check", "--vault", "prod-vault", "--region", "us-west-2", "--profile", "nope", "--timeout", "3"],
      nothingConfigured,
    );

    expect(stderr).to.include("CredentialsProviderError: profile nope: ");
    expect(code).to.equal(4);
  });

  it("check ends with 4 where there are neither credentials nor AWS", async () => {
    const { code, stdout, stderr } = await cliProcess(
      ["check", "--vault", "prod", "--region", "us-west-2", "--timeout", "3"],
      nothingConfigured,
    );

    expect(stderr).to.match(
      /^error: there are no credentials that work \(sts:GetCallerIdentity: CredentialsProviderError.*\)[^\n]*\n$/,
    );
    expect(stdout).to.equal("");
    expect(code).to.equal(4);
  });
});

describe("backup-vault-access policy", () => {
  it("prints the least policies of creator, key and reader", async () => {
    const { code, stdout } = await cli(["policy", "--vault", "prod-vault", "--key", key, "--format", "json"]);

    const { creator, reader } = JSON.parse(stdout) as { creator: { Statement: { Action: unknown }[] }; reader: object };
    expect(code).to.equal(0);
    expect(creator.Statement.flatMap(({ Action }) => Action)).to.deep.equal([
      "backup:CreateBackupVault",
      "backup-storage:MountCapsule",
      "kms:CreateGrant",
      "kms:DescribeKey",
      "kms:RetireGrant",
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]);
    expect(JSON.stringify(reader)).to.contain("iam:SimulatePrincipalPolicy");
  });

  it("takes Region, account and partition from the key and the principal where they are not given", async () => {
    const ofChina = "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const creator = "arn:aws-cn:iam::444455556666:role/Deployer";

    const { stdout } = await cli(["policy", "--vault", "prod-vault", "--key", ofChina, "--principal", creator]);

    expect(stdout).to.include('"arn:aws-cn:backup:cn-north-1:444455556666:backup-vault:prod-vault"');
    expect(stdout).to.include('"kms:ViaService": "backup.cn-north-1.amazonaws.com"');
  });

  it("prints a creator's policy that lets the vault be created", async () => {
    const { stdout } = await cli(["policy", "--vault", "prod-vault", "--key", key, "--format", "json"]);
    const snapshot = parseSnapshot(await readFile(example("allowed"), "utf8"));
    const { creator } = JSON.parse(stdout) as { creator: object };
    const only = { name: "Least", document: JSON.stringify(creator) };
    const least = { ...snapshot, policies: { ...snapshot.policies, identity: { status: "read", value: [only] } } };

    const { code } = await cli(["explain", "--snapshot", "-"], { stdin: JSON.stringify(least) });

    expect(code).to.equal(0);
  });
});
