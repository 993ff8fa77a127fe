import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { Emulator } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { accountId, allow, keyArn, memberWorld } from "../emulator/worlds.js";
import { cliAt } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

/** The caller may create a grant and describe the key, and nothing else of KMS. */
const world = () =>
  memberWorld({ identity: allow("backup:*", "backup-storage:*", "kms:CreateGrant", "kms:DescribeKey") });

const check = (emulator: Emulator, ...flags: string[]) =>
  cliAt(["check", "--vault", "prod-vault", "--key", keyArn, "--format", "json", ...flags], environmentOf(emulator));

/** What was asked of KMS itself beyond reading. */
const probes = (emulator: Emulator) =>
  emulator.requests.filter(({ operation }) => ["CreateGrant", "GenerateDataKey", "Decrypt"].includes(operation));

const dryRuns = (stdout: string) =>
  (JSON.parse(stdout) as Diagnosis).evidence
    .filter(({ call }) => call.endsWith("(dry run)"))
    .map(({ call, status }) => `${call}: ${status}`);

describe("check --probe", function () {
  this.timeout(60_000);

  it("asks KMS itself, as the caller, by dry runs that do nothing, and tells their answers", () =>
    served({ world: world() }, async (emulator) => {
      const { stdout, stderr } = await check(emulator, "--probe");

      expect(stderr).to.equal("");
      expect(probes(emulator).map(({ operation }) => operation)).to.have.members([
        "CreateGrant",
        "GenerateDataKey",
        "Decrypt",
      ]);
      for (const { input, callerArn } of probes(emulator)) {
        expect(input).to.include({ DryRun: true, KeyId: keyArn });
        expect(callerArn).to.equal(`arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`);
      }
      expect(emulator.world.accounts.flatMap(({ keys }) => keys.flatMap(({ grants }) => grants))).to.deep.equal([]);
      expect(dryRuns(stdout)).to.have.members([
        "kms:CreateGrant (dry run): answered",
        "kms:GenerateDataKey (dry run): refused",
        "kms:Decrypt (dry run): refused",
        "kms:DescribeKey (dry run): answered",
      ]);
      const sources = (JSON.parse(stdout) as Diagnosis).actions.flatMap(({ layers }) =>
        Object.values(layers).flatMap((layer) => layer.sources),
      );
      expect(sources).to.include("dry-run");
    }));

  it("left out, KMS is only read", () =>
    served({ world: world() }, async (emulator) => {
      const { stdout, stderr } = await check(emulator);

      expect(stderr).to.equal("");
      expect(probes(emulator)).to.deep.equal([]);
      expect(dryRuns(stdout)).to.deep.equal([]);
      expect(emulator.requests.map(({ operation }) => operation)).to.include("DescribeKey");
    }));

  it("with --principal asks KMS nothing, since a dry run tells of the caller alone", () =>
    served({ world: world() }, async (emulator) => {
      const { stdout } = await check(
        emulator,
        "--probe",
        "--principal",
        `arn:aws:iam::${accountId}:role/team/Deployer`,
      );

      expect(probes(emulator)).to.deep.equal([]);
      expect(dryRuns(stdout)).to.deep.equal([]);
    }));
});
