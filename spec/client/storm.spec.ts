import { Agent } from "node:http";
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from "@aws-sdk/client-backup";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { diagnosedInTurn } from "../../lib/client/diagnosedInTurn.js";
import { newDiagnosisShare } from "../../lib/client/newDiagnosisShare.js";
import { type BackupVaultAccessDeniedError, createBackupVault, diagnose, parseSnapshot } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { exampleSnapshot } from "./exampleSnapshot.js";
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

  it("is explained though the application's own connections are all taken", () =>
    served(
      { world: lacksMountCapsule(), faults: [{ effect: "hang", service: "backup", operation: "ListBackupVaults" }] },
      async (emulator) => {
        const requestHandler = new NodeHttpHandler({ httpAgent: new Agent({ maxSockets: 1 }) });
        const client = new BackupClient({ ...emulator.clientConfig(), requestHandler });
        const giveUp = new AbortController();

        const refused = rejection(createBackupVault(client, input, { evidence: evidenceFrom(emulator), share: false }));
        // Takes the only connection as soon as the refusal has come, for good.
        const hanging = rejection(client.send(new ListBackupVaultsCommand({}), { abortSignal: giveUp.signal }));
        const error = (await refused) as BackupVaultAccessDeniedError;
        giveUp.abort();
        await hanging;

        expect(error.blockingLayer).to.equal("identity-policy");
        client.destroy();
      },
    ));
});

describe("Refusals that share their evidence", () => {
  const snapshot = parseSnapshot(exampleSnapshot("service-control-policy-denies"));
  const said = (id: number, action = "backup:CreateBackupVault") => ({
    name: "AccessDeniedException",
    message: `User: ${snapshot.caller.arn} is not authorized to perform: ${action} on resource: arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault with an explicit deny in a service control policy (Authorization ID: ${id}f2504e0-4f89-11d3-9a0c-0305e82c3301)`,
    requestId: `request-${id}`,
  });

  it("are diagnosed once where they say the same, whatever ids they carry", async () => {
    let judged = 0;
    const share = newDiagnosisShare((...given) => {
      judged += 1;
      return diagnosedInTurn(...given);
    });
    const later = Date.now() + 60_000;

    const diagnoses = await Promise.all(
      Array.from({ length: 2000 }, (_, index) => share(snapshot, said(index), later)),
    );

    expect(judged).to.equal(1);
    expect(new Set(diagnoses).size).to.equal(1);
    await share(snapshot, said(1, "kms:CreateGrant"), later);
    expect(judged).to.equal(2);
  });

  it("are diagnosed again where there was no time left to prove what helps", async () => {
    const until: number[] = [];
    const share = newDiagnosisShare((one, end) => {
      until.push(end);
      return diagnosedInTurn(one, end);
    });

    const most = Number.MAX_SAFE_INTEGER;
    await Promise.all([share(snapshot, said(1), 1), share(snapshot, said(2), most), share(snapshot, said(3), most)]);

    expect(until).to.deep.equal([1, most]);
  });

  it("do not wait for one that has more time than they have", async () => {
    let finish = () => {};
    const share = newDiagnosisShare((one, end) =>
      end === Number.MAX_SAFE_INTEGER
        ? new Promise((resolve) => {
            finish = () => resolve(diagnose(one));
          })
        : diagnosedInTurn(one, end),
    );
    const patient = share(snapshot, said(1), Number.MAX_SAFE_INTEGER);

    const hurried = await share(snapshot, said(2), Date.now() + 60_000);

    finish();
    expect(hurried.blockers).to.deep.equal((await patient).blockers);
  });

  it("are diagnosed again where the first one could not be", async () => {
    let judged = 0;
    const share = newDiagnosisShare((...given) => {
      judged += 1;
      return judged === 1 ? Promise.reject(new Error("made up")) : diagnosedInTurn(...given);
    });
    const later = Date.now() + 60_000;

    const failed = await share(snapshot, said(1), later).catch((error: Error) => error.message);

    expect(failed).to.equal("made up");
    expect((await share(snapshot, said(2), later)).diagnosisVersion).to.equal(1);
  });

  it("of the largest policies leave the application its turns", async () => {
    const statements = (policy: number) =>
      Array.from({ length: 60 }, (_, index) => ({
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalTag/t": `${policy}-${index}` } },
      }));
    const value = Array.from({ length: 60 }, (_, policy) => ({
      name: `P${policy}`,
      document: JSON.stringify({ Version: "2012-10-17", Statement: statements(policy) }),
    }));
    const large = { ...snapshot, policies: { ...snapshot.policies, identity: { status: "read" as const, value } } };
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 0);

    await newDiagnosisShare(diagnosedInTurn)(large, said(1), Date.now() + 60_000);

    clearInterval(ticking);
    expect(turns).to.be.above(0);
  });
});
