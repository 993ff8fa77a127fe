import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { mockClient } from "aws-sdk-client-mock";
import { checkBackupVaultAccess, DenialAwareBackupClient } from "backup-vault-access";
import {
  backupVaultAccess,
  describeVaultAccess,
  evidenceFrom,
  liveOptionsFor,
  useEmulator,
  vaultAccessDeniedError,
  withBackupVault,
} from "backup-vault-access/testing";
import { afterAll, beforeAll, beforeEach, chai, describe, expect, it } from "vitest";
import { deployVault } from "../deployVault.js";
import { role, world } from "../world.js";

chai.use(backupVaultAccess());
const emulator = useEmulator({ world, runner: { beforeAll, beforeEach, afterAll } });

const check = (name: string) =>
  checkBackupVaultAccess({ backupVaultName: "prod-vault", principalArn: role(name) }, liveOptionsFor(emulator()));

describe("Who may create our vault", () => {
  it("the deployer, as the policies say", async () => {
    await expect(check("Deployer")).to.allowCreatingBackupVault();
  });

  it("not the contractor, by the statement NoVaults", async () => {
    await expect(check("Contractor")).to.be.blockedBy("identity-policy", { sid: "NoVaults" });
    await expect(check("Contractor")).not.to.allowCreatingBackupVault();
  });

  it("not the intern, whom AWS itself refuses", async () => {
    const client = new DenialAwareBackupClient(emulator().clientConfig(role("Intern")), {
      evidence: evidenceFrom(emulator()),
    });

    await expect(
      client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" })),
    ).to.be.rejectedByVaultAccess({ layer: "identity-policy" });
  });

  it("fails with the diagnosis as text", async () => {
    const failing = async () => {
      await expect(check("Contractor")).to.allowCreatingBackupVault();
    };

    await expect(failing()).rejects.toThrow(
      /to be allowed, but it is blocked by identity-policy \(statement NoVaults\)/,
    );
  });

  it("the deployer, who really creates one, which is removed again", async () => {
    const arn = await withBackupVault(
      new BackupClient(emulator().clientConfig()),
      {},
      ({ BackupVaultArn }) => BackupVaultArn,
    );

    expect(arn).toMatch(/:backup-vault:vault-access-test-/);
  });
});

describe("Our application, with a mock in AWS Backup's place", () => {
  it("says whom to ask", async () => {
    const backup = mockClient(BackupClient);
    backup.on(CreateBackupVaultCommand).rejects(vaultAccessDeniedError("service-control-policy"));

    expect(await deployVault(new BackupClient({}))).toBe("ask the organization");

    backup.restore();
  });
});

describeVaultAccess(
  [
    { principal: role("Deployer"), vault: "prod-vault", expect: "allowed" },
    { principal: role("Intern"), vault: "prod-vault", expect: { blockedBy: "identity-policy" } },
  ],
  { live: () => liveOptionsFor(emulator()), runner: { describe, it } },
);
