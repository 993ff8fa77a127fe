import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { checkBackupVaultAccess, DenialAwareBackupClient, diagnose } from "backup-vault-access";
import {
  assertBackupVaultAllowed,
  assertBackupVaultBlocked,
  assertBackupVaultRejected,
  describeVaultAccess,
  evidenceFrom,
  liveOptionsFor,
  sampleSnapshot,
  sweepBackupVaults,
  withBackupVault,
} from "backup-vault-access/testing";
import { expect } from "chai";
import { describe, it } from "mocha";
import { role } from "../world.js";
import { emulator } from "./hooks.js";

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

    const call = client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));

    await expect(call).to.be.rejectedByVaultAccess({ layer: "identity-policy", action: "backup-storage:MountCapsule" });
  });

  it("the deployer, who really creates one, which is removed again", async () => {
    const client = new BackupClient(emulator().clientConfig());

    const arn = await withBackupVault(client, {}, ({ BackupVaultArn }) => BackupVaultArn);

    expect(arn).to.match(/:backup-vault:vault-access-test-/);
    expect(await sweepBackupVaults(client)).to.deep.equal({ removed: [], left: [] });
  });

  it("offline, from a snapshot", async () => {
    await expect(diagnose(sampleSnapshot("key-state"))).to.be.blockedBy("key-state");
  });

  it("with plain functions", async () => {
    const client = new DenialAwareBackupClient(emulator().clientConfig(role("Contractor")), {
      evidence: evidenceFrom(emulator()),
    });
    await assertBackupVaultAllowed(check("Deployer"));
    await assertBackupVaultBlocked(check("Contractor"), "identity-policy");
    await assertBackupVaultRejected(client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" })));
  });
});

describeVaultAccess(
  [
    { principal: role("Deployer"), vault: "prod-vault", expect: "allowed" },
    { principal: role("Intern"), vault: "prod-vault", expect: { blockedBy: "identity-policy" } },
    {
      principal: role("Contractor"),
      vault: "prod-vault",
      expect: { blockedBy: "identity-policy", statement: "NoVaults" },
    },
  ],
  { live: () => liveOptionsFor(emulator()) },
);
