import { Agent } from "node:http";
import { BackupClient } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { type BackupVaultAccessDeniedError, createBackupVault } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { asked, evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

describe("A storm of refusals", () => {
  it("of 1000 calls for one caller and key makes the diagnostic calls of one", function () {
    this.timeout(60_000);
    return served({ world: lacksMountCapsule() }, async (emulator) => {
      const options = () => ({ evidence: evidenceFrom(emulator) });
      await rejection(createBackupVault(new BackupClient(emulator.clientConfig()), input, options()));
      const callsOfOne = asked(emulator);
      emulator.reset();
      const client = new BackupClient({
        ...emulator.clientConfig(),
        requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: 50 }) },
      });

      const errors = await Promise.all(
        Array.from({ length: 1000 }, () => rejection(createBackupVault(client, input, options()))),
      );

      client.destroy();
      expect([...asked(emulator)].sort()).to.deep.equal([...callsOfOne].sort());
      expect(callsOfOne).to.have.length.greaterThan(10);
      for (const error of errors as BackupVaultAccessDeniedError[]) {
        expect(error.blockingLayer).to.equal("identity-policy");
      }
    });
  });
});
