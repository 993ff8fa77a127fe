import {
  BackupClient,
  type BackupClientResolvedConfig,
  CreateBackupVaultCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from "@aws-sdk/client-backup";
import { type AwsStub, mockClient } from "aws-sdk-client-mock";
import { BackupVaultAccessDeniedError, createBackupVault } from "backup-vault-access";
import {
  emptyDenial,
  evidenceFrom,
  frontDoorDenial,
  opaqueDenial,
  proxyPageDenial,
  untypedDenial,
  vaultAccessDeniedError,
} from "backup-vault-access/testing";
import { expect } from "chai";
import { afterEach, beforeEach, describe, it } from "mocha";
import { deployVault } from "../deployVault.js";
import { role } from "../world.js";
import { emulator } from "./hooks.js";

describe("Our application, with a mock in AWS Backup's place", () => {
  // Made anew by each test, and restored: it stands for every BackupClient of the process.
  let backup: AwsStub<ServiceInputTypes, ServiceOutputTypes, BackupClientResolvedConfig>;
  beforeEach(() => {
    backup = mockClient(BackupClient);
  });
  afterEach(() => backup.restore());

  it("says whom to ask of each layer", async () => {
    backup
      .on(CreateBackupVaultCommand)
      .rejectsOnce(vaultAccessDeniedError("service-control-policy"))
      .rejectsOnce(vaultAccessDeniedError("key-policy"));

    expect([await deployVault(new BackupClient({})), await deployVault(new BackupClient({}))]).to.deep.equal([
      "ask the organization",
      "ask the account",
    ]);
  });

  it("throws on what it cannot handle: a proxy's page, a denial that nobody diagnosed", async () => {
    for (const error of [
      proxyPageDenial(),
      emptyDenial(),
      untypedDenial(),
      frontDoorDenial({ layer: "permissions-boundary" }),
    ]) {
      backup.on(CreateBackupVaultCommand).rejects(error);

      const thrown = await deployVault(new BackupClient({})).catch((one: unknown) => one);

      expect(thrown).to.equal(error);
    }
  });

  it("gets a denial diagnosed although the client is a mock, by createBackupVault", async () => {
    backup.on(CreateBackupVaultCommand).rejects(opaqueDenial());
    const client = new BackupClient(emulator().clientConfig(role("Intern")));

    const thrown = await createBackupVault(
      client,
      { BackupVaultName: "prod-vault" },
      { evidence: evidenceFrom(emulator()) },
    ).catch((error: unknown) => error);

    expect(BackupVaultAccessDeniedError.isInstance(thrown) && thrown.blockingLayer).to.equal("identity-policy");
  });
});
