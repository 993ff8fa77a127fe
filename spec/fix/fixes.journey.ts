import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { WorldInput } from "../../lib/emulator/World.js";
import { checkBackupVaultAccess } from "../../lib/index.js";
import {
  type Emulator,
  type EmulatorCredentials,
  role,
  startEmulator,
  worldFromSnapshot,
} from "../../lib/replay/index.js";
import { reportFix } from "../../lib/report/index.js";
import { liveOptionsFor } from "../../lib/testing/index.js";
import { demonstrationWorlds } from "../../scripts/demonstration/worlds.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";
import { kindsOfChange } from "./kindsOfChange.js";

/*
 * Every fix of the demonstration's worlds, and one of every kind, made by the AWS CLI commands as they are printed; then
 * the vault is created, by the AWS CLI too. Not part of `npm test`, because it needs the CLI; a missing one fails.
 */

const run = promisify(execFile);
const backupVaultName = "prod-vault";
const keyArn = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const callsMade = ["another key is named", "the key is named by its ARN", "the vault is given a tag"];

/** What no API tells (session and endpoint policies), or what is not made in AWS but in the call. */
const ofSessions = Object.keys(kindsOfChange).filter((title) => title.includes("session policy"));
const notRead = new Set([...ofSessions, "an endpoint policy is changed", ...callsMade]);

const worlds: [string, WorldInput][] = [
  ...demonstrationWorlds.map(({ title, world }): [string, WorldInput] => [title, world]),
  ...Object.entries(kindsOfChange)
    .filter(([title]) => !notRead.has(title) && !title.includes("hostile"))
    .map(([title, patch]): [string, WorldInput] => [title, worldFromSnapshot(buildSnapshot([], patch))]),
];

/** The role that the key policies name: KMS stores no policy that names nobody. */
function withKeyAdmin(given: WorldInput): WorldInput {
  const world = structuredClone(given);
  const owner = world.accounts.find(({ id }) => id === "444455556666");
  owner?.roles?.push(role({ name: "KeyAdmin" }));
  return world;
}

/** Runs what was printed, in a shell whose `aws` is the AWS CLI against the emulator. */
async function shell(
  { url }: Emulator,
  { accessKeyId, secretAccessKey, sessionToken }: EmulatorCredentials,
  script: string,
) {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_PAGER: "",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    AWS_DEFAULT_REGION: "us-west-2",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
  // Debian's CLI does not know AWS_ENDPOINT_URL.
  const endpoint = `aws() { command aws --endpoint-url ${url} "$@"; }`;
  return run("sh", ["-ec", `${endpoint}\n${script}`], { env });
}

describe("Fixes made by the AWS CLI commands as printed", () => {
  for (const [title, world] of worlds) {
    it(`let the vault be created where ${title}`, async function () {
      this.timeout(300_000);
      const emulator = await startEmulator({ world: withKeyAdmin(world) });
      try {
        const diagnosed = (): Promise<Diagnosis> =>
          checkBackupVaultAccess({ backupVaultName, encryptionKeyArn: keyArn }, liveOptionsFor(emulator));
        let diagnosis = await diagnosed();
        for (let step = 0; diagnosis.outcome !== "allowed"; step += 1) {
          expect(step, diagnosis.summary).to.be.lessThan(5);
          const at = diagnosis.fixes.findIndex(
            ({ verified, title: told }) => verified && !told.startsWith("Nothing of its own"),
          );
          expect(at, `a proven fix: ${diagnosis.summary}`).to.be.at.least(0);
          await shell(emulator, emulator.auditor, reportFix(diagnosis, at + 1, "cli"));
          diagnosis = await diagnosed();
        }

        const { stdout } = await shell(emulator, emulator.clientConfig().credentials, createWith(keyArn));

        expect(JSON.parse(stdout)).to.include({ BackupVaultName: backupVaultName });
      } finally {
        await emulator.stop();
      }
    });
  }

  // A world made from a snapshot knows no managed policy that only a session has: none could be given a new version.
  for (const title of ofSessions.filter((one) => !one.startsWith("a managed") && !one.endsWith("at once"))) {
    it(`let the vault be created by a session that is made anew, where ${title}`, async function () {
      this.timeout(120_000);
      const { emulator, snapshot, script, create } = await offline(title);
      try {
        const caller = emulator.clientConfig().credentials;
        await refused(shell(emulator, caller, create));

        const maker = /get-federation-token/.test(script)
          ? emulator.credentialsFor(snapshot.caller.issuerArn ?? "")
          : emulator.auditor;
        const { stdout } = await shell(emulator, maker, script);
        const created = await shell(emulator, sessionIn(stdout), create);

        expect(JSON.parse(created.stdout)).to.include({ BackupVaultName: backupVaultName });
      } finally {
        await emulator.stop();
      }
    });
  }

  it("let the vault be created where an endpoint policy is changed", async function () {
    this.timeout(120_000);
    const { emulator, script, create } = await offline("an endpoint policy is changed");
    try {
      await refused(shell(emulator, emulator.clientConfig().credentials, create));

      await shell(emulator, emulator.auditor, script);
      const created = await shell(emulator, emulator.clientConfig().credentials, create);

      expect(JSON.parse(created.stdout)).to.include({ BackupVaultName: backupVaultName });
    } finally {
      await emulator.stop();
    }
  });

  it("let a session that is given the new version create the vault, where a policy is identity and session policy at once", async function () {
    this.timeout(120_000);
    const title = "a policy is identity policy and session policy at once";
    const { emulator, snapshot, script, create } = await offline(title);
    const assume = `aws sts assume-role --role-arn ${snapshot.caller.principalArn} --role-session-name anew --policy-arns arn=arn:aws:iam::444455556666:policy/Both`;
    try {
      const before = sessionIn((await shell(emulator, emulator.auditor, assume)).stdout);
      await refused(shell(emulator, before, create));

      await shell(emulator, emulator.auditor, script);
      const after = sessionIn((await shell(emulator, emulator.auditor, assume)).stdout);
      const created = await shell(emulator, after, create);

      expect(JSON.parse(created.stdout)).to.include({ BackupVaultName: backupVaultName });
    } finally {
      await emulator.stop();
    }
  });

  for (const title of callsMade) {
    it(`create the vault themselves by a call that fits, where ${title}`, async function () {
      this.timeout(120_000);
      const { emulator, script, create } = await offline(title);
      try {
        const caller = emulator.clientConfig().credentials;
        await refused(shell(emulator, caller, create));

        await shell(emulator, caller, script);

        const vaults = emulator.world.accounts.flatMap((account) => account.vaults.map(({ name }) => name));
        expect(vaults).to.deep.equal([backupVaultName]);
      } finally {
        await emulator.stop();
      }
    });
  }
});

const createWith = (arn: string) =>
  `aws backup create-backup-vault --backup-vault-name ${backupVaultName} --encryption-key-arn ${arn} --output json`;

/** The credentials of a session, as STS gives them. */
function sessionIn(answer: string): EmulatorCredentials {
  const { Credentials: made } = JSON.parse(answer) as { Credentials: Record<string, string> };
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken = "" } = made;
  return { accessKeyId, secretAccessKey, sessionToken: SessionToken };
}

/** A snapshot diagnosed offline, the world that it describes, and the commands of its first fix. */
async function offline(title: string) {
  const snapshot = buildSnapshot([], kindsOfChange[title] ?? {});
  const diagnosis = diagnose(snapshot);
  expect(diagnosis.fixes[0], title).to.include({ verified: true });
  const world = withKeyAdmin(worldFromSnapshot(snapshot));
  const { session } = snapshot.policies;
  for (const { name, arn, document } of session.status === "read" ? session.value : []) {
    const versions = [{ id: "v1", document, isDefault: true }];
    const known = world.accounts[0]?.policies;
    if (arn !== undefined && known?.some((one) => one.arn === arn) === false) known.push({ name, arn, versions });
  }
  const emulator = await startEmulator({ world });
  const create = createWith(snapshot.request.encryptionKeyArn ?? keyArn);
  return { emulator, snapshot, script: reportFix(diagnosis, 1, "cli"), create };
}

async function refused(creating: Promise<unknown>): Promise<void> {
  const error = await creating.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(Error);
  expect((error as Error).message).to.match(/AccessDenied|InvalidParameterValue/);
}
