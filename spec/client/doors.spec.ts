import { BackupServiceException } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { BackupVaultAccessDeniedError, type Diagnosis } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { doors } from "./doors.js";
import { asked, evidenceFrom, lacksMountCapsule, opaque, rejection } from "./refusals.js";
import { watchErrors } from "./watchErrors.js";

for (const { name, open } of doors) {
  describe(`${name}, over HTTP`, () => {
    it("turns a refusal into an error that names the layer, keeps what AWS sent and has the original as its cause", () =>
      served({ world: lacksMountCapsule() }, async (emulator) => {
        const { client, create } = open(emulator.clientConfig(), { evidence: evidenceFrom(emulator) });
        const thrown = watchErrors(client);

        const error = await rejection(create());

        expect(error).to.be.instanceOf(BackupVaultAccessDeniedError).and.instanceOf(BackupServiceException);
        const denied = error as BackupVaultAccessDeniedError;
        expect(thrown).to.have.length(1);
        expect(denied.cause).to.equal(thrown[0]);
        expect(denied.name).to.equal("AccessDeniedException");
        expect(denied.$fault).to.equal("client");
        expect(denied.$metadata).to.equal(denied.cause.$metadata);
        expect(denied.$metadata.httpStatusCode).to.equal(403);
        expect(denied.message.split("\n")[0]).to.equal(opaque);
        expect(denied.blockingLayer).to.equal("identity-policy");
        expect(denied.blockers).to.have.length(1);
        expect(denied.blockers[0]?.actions).to.deep.equal(["backup-storage:MountCapsule"]);
        expect(denied.diagnosis.evidence.map(({ call }) => call)).to.include("sts:GetCallerIdentity");
      }));

    it("diagnoses a refusal once", () =>
      served({ world: lacksMountCapsule() }, async (emulator) => {
        const diagnoses: Diagnosis[] = [];
        const { create } = open(emulator.clientConfig(), {
          evidence: evidenceFrom(emulator),
          onDiagnosis: (diagnosis) => diagnoses.push(diagnosis),
        });

        const error = await rejection(create());

        expect(diagnoses).to.have.length(1);
        expect((error as BackupVaultAccessDeniedError).diagnosis).to.equal(diagnoses[0]);
        expect(asked(emulator).filter((call) => call === "sts:GetCallerIdentity")).to.have.length(1);
      }));

    it("asks nothing but CreateBackupVault where the vault is created", () =>
      served({ world: memberWorld() }, async (emulator) => {
        const { create } = open(emulator.clientConfig(), { evidence: evidenceFrom(emulator) });

        const made = await create();

        expect(made).to.include({ BackupVaultName: "prod-vault" });
        expect(asked(emulator)).to.deep.equal(["backup:CreateBackupVault"]);
      }));

    const others = [
      { what: "a vault that exists already", fault: { effect: "error", code: "AlreadyExistsException", status: 400 } },
      { what: "bad input", fault: { effect: "error", code: "InvalidParameterValueException", status: 400 } },
      { what: "throttling", fault: { effect: "throttle" } },
      { what: "expired credentials", fault: { effect: "error", code: "ExpiredTokenException", status: 403 } },
      {
        what: "a proxy's HTML page with status 403",
        fault: { effect: "answer", status: 403, contentType: "text/html", body: "<html><body>Forbidden</body></html>" },
      },
    ] as const;
    for (const { what, fault } of others) {
      it(`leaves ${what} untouched`, () =>
        served({ world: memberWorld(), faults: [{ ...fault, service: "backup" }] }, async (emulator) => {
          const { client, create } = open(
            { ...emulator.clientConfig(), maxAttempts: 1 },
            { evidence: evidenceFrom(emulator) },
          );
          const thrown = watchErrors(client);

          const error = await rejection(create());

          expect(error).to.equal(thrown[0]);
          expect(BackupVaultAccessDeniedError.isInstance(error)).to.equal(false);
          expect(asked(emulator)).to.deep.equal(["backup:CreateBackupVault"]);
        }));
    }

    it("asks nobody where the client has an endpoint of its own and none is named for the evidence", () =>
      served({ world: lacksMountCapsule() }, async (emulator) => {
        const { create } = open(emulator.clientConfig(), {});

        const error = (await rejection(create())) as BackupVaultAccessDeniedError;

        expect(asked(emulator)).to.deep.equal(["backup:CreateBackupVault"]);
        expect(error.blockingLayer).to.equal(null);
        expect(error.diagnosis.outcome).to.equal("inconclusive");
        expect(error.diagnosis.evidence.map(({ status }) => status)).to.deep.equal(["skipped"]);
        expect(error.message).to.contain("options.evidence.endpoints");
      }));

    it("sends to no service whose endpoint was not named", () =>
      served({ world: lacksMountCapsule() }, async (emulator) => {
        const { sts, iam } = evidenceFrom(emulator).endpoints ?? {};
        const { create } = open(emulator.clientConfig(), {
          evidence: { endpoints: { sts: `${sts}`, iam: `${iam}` }, credentials: emulator.auditor },
        });

        const error = (await rejection(create())) as BackupVaultAccessDeniedError;

        expect(error.blockingLayer).to.equal("identity-policy");
        const notSent = error.diagnosis.evidence.filter(({ call }) => /^(kms|organizations):/.test(call));
        expect(notSent).to.not.have.length(0);
        for (const { status, detail } of notSent) {
          expect(status).to.equal("failed");
          expect(detail).to.contain("EndpointNotNamed");
        }
      }));

    it("gives up with the signal given to send, and tells what was read by then", () =>
      served(
        { world: lacksMountCapsule(), faults: [{ effect: "hang", service: "iam", operation: "GetRole" }] },
        async (emulator) => {
          const giveUp = new AbortController();
          emulator.subscribe((event) => {
            if (event.type === "requestReceived" && event.request.operation === "GetRole") giveUp.abort();
          });
          const { create } = open(emulator.clientConfig(), { evidence: evidenceFrom(emulator), deadline: 600_000 });

          const error = (await rejection(create(giveUp.signal))) as BackupVaultAccessDeniedError;

          expect(error.cause.name).to.equal("AccessDeniedException");
          const getRole = error.diagnosis.evidence.find(({ call }) => call === "iam:GetRole");
          expect(getRole?.status).to.equal("skipped");
        },
      ));

    it("is back by the deadline though the evidence never comes", () =>
      served(
        { world: lacksMountCapsule(), faults: ["iam", "sts", "kms", "organizations"].map(hanging) },
        async (emulator) => {
          const { create } = open(emulator.clientConfig(), { evidence: evidenceFrom(emulator), deadline: 100 });

          const error = (await rejection(create())) as BackupVaultAccessDeniedError;

          expect(error.name).to.equal("AccessDeniedException");
          expect(error.blockingLayer).to.equal(null);
          expect(error.diagnosis.evidence.map(({ status }) => status)).to.not.include("answered");
        },
      ));

    it("throws the denial also where the hook for diagnoses fails", () =>
      served({ world: lacksMountCapsule() }, async (emulator) => {
        const { create } = open(emulator.clientConfig(), {
          evidence: evidenceFrom(emulator),
          onDiagnosis: () => {
            throw new Error("the log is full");
          },
        });

        const error = (await rejection(create())) as BackupVaultAccessDeniedError;

        expect(error.blockingLayer).to.equal("identity-policy");
      }));
  });
}

function hanging(service: string) {
  return { effect: "hang", service } as { effect: "hang"; service: "iam" };
}
