import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import {
  type BackupVaultAccessDeniedError,
  checkBackupVaultAccess,
  collectSnapshot,
  createBackupVault,
  type Diagnosis,
  diagnose,
  explainDenial,
  InvalidRequestError,
  parseSnapshot,
} from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { keyArn, memberWorld } from "../emulator/worlds.js";
import badRequests from "./badRequests.json" with { type: "json" };
import { accessDenied, asked, evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

const request = { backupVaultName: "prod-vault", encryptionKeyArn: keyArn };

describe("checkBackupVaultAccess", () => {
  it("says what blocks without making a vault", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());

      const diagnosis = await checkBackupVaultAccess(request, { client, evidence: evidenceFrom(emulator) });

      expect(diagnosis.outcome).to.equal("blocked");
      expect(diagnosis.blockingLayer).to.equal("identity-policy");
      expect(asked(emulator).filter((call) => call.startsWith("backup:"))).to.deep.equal([]);
      expect(diagnosis.evidence.map(({ call }) => call)).to.include("iam:SimulatePrincipalPolicy");
    }));

  it("says allowed where the vault could be made", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());

      const diagnosis = await checkBackupVaultAccess(request, { client, evidence: evidenceFrom(emulator) });

      expect(diagnosis.outcome).to.equal("allowed");
      expect(diagnosis.blockers).to.deep.equal([]);
    }));

  it("tells the hook", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const told: Diagnosis[] = [];
      const client = new BackupClient(emulator.clientConfig());

      const diagnosis = await checkBackupVaultAccess(request, {
        client,
        evidence: evidenceFrom(emulator),
        onDiagnosis: (one) => told.push(one),
      });

      expect(told).to.deep.equal([diagnosis]);
    }));
});

describe("explainDenial", () => {
  it("explains a refusal that was caught elsewhere", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      const error = await rejection(client.send(new CreateBackupVaultCommand(input)));

      const diagnosis = await explainDenial(error, request, { client, evidence: evidenceFrom(emulator) });

      expect(diagnosis.blockingLayer).to.equal("identity-policy");
      expect(diagnosis.blockers[0]?.actions).to.deep.equal(["backup-storage:MountCapsule"]);
    }));

  it("explains anew an error that this package threw", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      const error = (await rejection(createBackupVault(client, input))) as BackupVaultAccessDeniedError;
      expect(error.blockingLayer).to.equal(null);

      const diagnosis = await explainDenial(error, request, { client, evidence: evidenceFrom(emulator) });

      expect(diagnosis.blockingLayer).to.equal("identity-policy");
    }));

  it("refuses an error that is no denial", async () => {
    for (const error of [new Error("socket hang up"), null, "AccessDenied", { name: "AlreadyExistsException" }]) {
      const refused = await rejection(explainDenial(error, request, { client: { config: {} } }));

      expect(refused).to.be.instanceOf(InvalidRequestError).and.have.property("field", "error");
    }
  });
});

describe("collectSnapshot", () => {
  it("reads a snapshot that is diagnosed offline as the check is live", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());

      const snapshot = await collectSnapshot(request, { client, evidence: evidenceFrom(emulator) });

      const kept = parseSnapshot(JSON.stringify(snapshot));
      expect(kept).to.deep.equal(snapshot);
      expect(diagnose(kept).blockingLayer).to.equal("identity-policy");
    }));

  it("carries no credentials", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const { credentials, ...config } = emulator.clientConfig();
      const client = new BackupClient({ ...config, credentials });

      const text = JSON.stringify(await collectSnapshot(request, { client, evidence: evidenceFrom(emulator) }));

      for (const secret of [credentials.secretAccessKey, emulator.auditor.secretAccessKey]) {
        expect(text).to.not.contain(secret);
      }
    }));
});

describe("Bad input is refused before any call", () => {
  const doors = {
    checkBackupVaultAccess,
    collectSnapshot,
    explainDenial: (...args: Parameters<typeof checkBackupVaultAccess>) => explainDenial(accessDenied(), ...args),
  };
  for (const [name, door] of Object.entries(doors)) {
    for (const { what, request: bad, options = {}, field, message } of badRequests as BadRequest[]) {
      it(`${name}: ${what}`, () =>
        served({ world: memberWorld() }, async (emulator) => {
          const client = new BackupClient(emulator.clientConfig());
          const all = { client, evidence: evidenceFrom(emulator), ...options };

          const error = await rejection(door(bad as typeof request, all as object));

          expect(error).to.be.instanceOf(InvalidRequestError).and.have.property("field", field);
          expect((error as Error).message).to.match(new RegExp(message));
          expect(asked(emulator)).to.deep.equal([]);
        }));
    }
  }

  it("names the Region where neither the request nor the client has one", async () => {
    const client = { config: { region: () => Promise.reject(new Error("Region is missing")) } };

    const error = await rejection(checkBackupVaultAccess(request, { client }));

    expect(error).to.be.instanceOf(InvalidRequestError).and.have.property("field", "request.region");
  });
});

interface BadRequest {
  what: string;
  request: unknown;
  options?: object;
  field: string;
  message: string;
}
