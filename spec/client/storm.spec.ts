import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { type BackupVaultAccessDeniedError, createBackupVault } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { accessDenied, asked, evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

describe("A storm of refusals", () => {
  it("of 1000 calls for one caller and key makes the diagnostic calls of one", function () {
    this.timeout(60_000);
    return served({ world: lacksMountCapsule() }, async (emulator) => {
      // Only the refusals are made up, so that they all come at once; the evidence is read over HTTP.
      const refused = () => {
        const client = new BackupClient(emulator.clientConfig());
        mockClient(client)
          .on(CreateBackupVaultCommand)
          .callsFake(() => Promise.reject(accessDenied()));
        return client;
      };
      const alone = refused();
      await rejection(createBackupVault(alone, input, { evidence: evidenceFrom(emulator) }));
      const callsOfOne = [...asked(emulator)].sort();
      emulator.reset();
      const client = refused();
      const evidence = evidenceFrom(emulator);

      const errors = await Promise.all(
        Array.from({ length: 1000 }, () => rejection(createBackupVault(client, input, { evidence }))),
      );

      expect([...asked(emulator)].sort()).to.deep.equal(callsOfOne);
      expect(callsOfOne).to.have.length.greaterThan(10);
      expect(new Set(errors).size).to.equal(1000);
      for (const error of errors as BackupVaultAccessDeniedError[]) {
        expect(error.blockingLayer).to.equal("identity-policy");
      }
    });
  });
});
