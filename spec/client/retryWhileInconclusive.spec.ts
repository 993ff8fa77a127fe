import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { BackupVaultAccessDeniedError, createBackupVault } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { allow, memberWorld } from "../emulator/worlds.js";
import { accessDenied, evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

/** AWS refuses although everything readable allows, as it may while a change is on its way. */
const allowed = () => memberWorld({ identity: allow("backup:*", "backup-storage:*", "kms:*") });
const quickly = { retries: 3, minTimeout: 1 };

const mockBackup = () => mockClient(BackupClient);

describe("retryWhileInconclusive", () => {
  let mock: ReturnType<typeof mockBackup>;
  beforeEach(() => {
    mock = mockBackup();
  });
  afterEach(() => mock.restore());

  it("creates again until the change has arrived", () =>
    served({ world: allowed() }, async (emulator) => {
      const arn = "arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault";
      mock
        .on(CreateBackupVaultCommand)
        .rejectsOnce(accessDenied())
        .rejectsOnce(accessDenied())
        .resolves({ BackupVaultArn: arn });
      const options = { evidence: evidenceFrom(emulator), retryWhileInconclusive: quickly };

      const { BackupVaultArn } = await createBackupVault(new BackupClient(emulator.clientConfig()), input, options);

      expect(BackupVaultArn).to.equal(arn);
      expect(mock.calls()).to.have.length(3);
    }));

  it("ends with the last refusal when the tries are used up, and says the likely reasons in order", () =>
    served({ world: allowed() }, async (emulator) => {
      mock.on(CreateBackupVaultCommand).callsFake(() => Promise.reject(accessDenied()));
      const options = { evidence: evidenceFrom(emulator), retryWhileInconclusive: quickly };

      const error = await rejection(createBackupVault(new BackupClient(emulator.clientConfig()), input, options));

      expect(BackupVaultAccessDeniedError.isInstance(error)).to.equal(true);
      expect((error as BackupVaultAccessDeniedError).blockingLayer).to.equal(null);
      expect((error as Error).message).to.match(/Likely reasons, in this order: a policy was changed moments ago/);
      expect(mock.calls()).to.have.length(1 + quickly.retries);
    }));

  it("waits for ever where it is told to, and never at once because no timer is so long", () =>
    served({ world: allowed() }, async (emulator) => {
      mock.on(CreateBackupVaultCommand).callsFake(() => Promise.reject(accessDenied()));
      const giveUp = new AbortController();
      const waits: number[] = [];
      const { setTimeout: original } = globalThis;
      globalThis.setTimeout = Object.assign((...args: Parameters<typeof original>) => {
        if (Number(args[1]) > 1_000_000) {
          waits.push(Number(args[1]));
          setImmediate(() => giveUp.abort());
        }
        return original(...args);
      }, original);
      try {
        const options = { evidence: evidenceFrom(emulator), abortSignal: giveUp.signal, share: false };
        const retryWhileInconclusive = { retries: 3, minTimeout: 2 ** 40 };
        await rejection(
          createBackupVault(new BackupClient(emulator.clientConfig()), input, { ...options, retryWhileInconclusive }),
        );
      } finally {
        globalThis.setTimeout = original;
      }

      expect(waits).to.deep.equal([2 ** 31 - 1]);
      expect(mock.calls()).to.have.length(1);
    }));

  it("does not try again where a layer is known to block", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      mock.on(CreateBackupVaultCommand).rejects(accessDenied());
      const options = { evidence: evidenceFrom(emulator), retryWhileInconclusive: quickly };

      const error = await rejection(createBackupVault(new BackupClient(emulator.clientConfig()), input, options));

      expect((error as BackupVaultAccessDeniedError).blockingLayer).to.equal("identity-policy");
      expect(mock.calls()).to.have.length(1);
    }));

  it("ends as soon as the evidence says something else", () =>
    served({ world: allowed() }, async (emulator) => {
      mock.on(CreateBackupVaultCommand).callsFake(() => {
        if (mock.calls().length === 2) emulator.reset(lacksMountCapsule());
        return Promise.reject(accessDenied());
      });
      const client = new BackupClient(emulator.clientConfig());
      const { url } = emulator;
      const endpoints = { iam: url, sts: url, kms: url, organizations: url };
      // Credentials are read anew, because a fresh world forgets the old ones.
      const evidence = { endpoints, credentials: async () => emulator.auditor };

      const error = await rejection(createBackupVault(client, input, { evidence, retryWhileInconclusive: quickly }));

      expect(BackupVaultAccessDeniedError.isInstance(error)).to.equal(true);
      expect(mock.calls()).to.have.length(2);
    }));

  it("is off by default, and refuses what it does not know", async () => {
    mock.on(CreateBackupVaultCommand).resolves({});
    const misspelt = { retryWhileInconclusive: { retrys: 1 } } as object;

    const error = await rejection(createBackupVault(new BackupClient({ region: "us-west-2" }), input, misspelt));

    expect((error as Error).message).to.contain("retries");
    expect(mock.calls()).to.have.length(0);
  });
});
