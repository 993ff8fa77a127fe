import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect } from "chai";
import { startEmulator } from "../../lib/emulator/index.js";
import { environmentOf } from "../../scripts/demonstration/inEnvironment.js";
import { liveVault, UsageError } from "../../scripts/demonstration/liveVault.js";
import { transcript } from "../../scripts/demonstration/transcript.js";
import { demonstrationWorlds, keyArn, vaultName } from "../../scripts/demonstration/worlds.js";
import { built } from "../built.js";

const run = promisify(execFile);
const root = new URL("../../", import.meta.url);
const committed = readFileSync(new URL("docs/transcript.md", root), "utf8");

describe("npm start", () => {
  it("prints what docs/transcript.md says", async () => {
    expect(await transcript()).to.equal(committed);
  });

  it("answers in the first sentence of each world, after who and where, why the vault was refused", () => {
    const firstSentences = [...committed.matchAll(/```text\n(?:principal .*\n\n)?(.*)\n/g)].map(([, line]) => line);

    expect(firstSentences).to.deep.equal([
      "No identity policy of role Deployer allows backup-storage:MountCapsule.",
      'The permissions boundary "TeamBoundary" does not allow backup-storage:MountCapsule.',
      'The service control policy "Guardrail" at ou-ab12-11111111 explicitly denies backup:CreateBackupVault by its statement "NoVaults" (index 0).',
      "The key policy neither grants kms:CreateGrant, kms:DescribeKey, kms:Decrypt and kms:GenerateDataKey to role Deployer nor leaves it to the account's identity policies.",
      'The key policy "default" explicitly denies kms:CreateGrant and kms:GenerateDataKey by its statement "NoDeployers" (index 1).',
      "Created: arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault",
    ]);
  });

  it("gives the same answers live, with the credentials of a running emulator", async function () {
    this.timeout(60_000);
    for (const { title, world } of demonstrationWorlds) {
      const emulator = await startEmulator({ world });
      try {
        const env: NodeJS.ProcessEnv = { ...process.env, ...environmentOf(emulator), NO_COLOR: "1" };
        delete env.AWS_PROFILE;
        const args = [built("scripts/demonstration.ts"), "--live", "--vault", vaultName, "--key", keyArn];

        const { stdout } = await run(process.execPath, args, { cwd: root, env });

        expect(committed, title).to.contain(stdout.trim());
      } finally {
        await emulator.stop();
      }
    }
  });

  const misunderstood: [string, string[], RegExp][] = [
    [
      "an option that is not known",
      ["--bogus"],
      /Unknown option '--bogus'.*; expected nothing, or --live --vault NAME/,
    ],
    ["a vault without --live", ["--vault", "prod"], /--vault and --key go with --live/],
    ["--live without a vault", ["--live"], /--live needs --vault NAME/],
  ];
  for (const [what, args, words] of misunderstood) {
    it(`says what was expected where it is given ${what}`, () => {
      expect(() => liveVault(args)).to.throw(UsageError, words);
    });
  }

  it("tells an error that is no refusal in a line", async function () {
    this.timeout(20_000);
    const env = {
      ...process.env,
      NODE_NO_WARNINGS: "1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_MAX_ATTEMPTS: "1",
    };
    const credentials = { AWS_REGION: "us-west-2", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "none" };
    const args = [built("scripts/demonstration.ts"), "--live", "--vault", "prod-vault"];

    const failure: unknown = await run(process.execPath, args, { cwd: root, env: { ...env, ...credentials } }).catch(
      (error: unknown) => error,
    );

    expect(failure).to.include({ code: 4, stdout: "" });
    expect(failure)
      .to.have.property("stderr")
      .that.matches(/^Error: .*ECONNREFUSED.*\n$/);
  });
});
