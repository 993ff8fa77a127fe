import { BackupClient } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { newEvidenceShare } from "../../lib/client/newEvidenceShare.js";
import type { CollectOptions } from "../../lib/evidence/CollectOptions.js";
import type { collectEvidence } from "../../lib/evidence/collectEvidence.js";
import { type BackupVaultAccessDeniedError, createBackupVault, parseSnapshot } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { exampleSnapshot } from "./exampleSnapshot.js";
import { handClock } from "./handClock.js";
import { asked, evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

const request = { backupVaultName: "prod-vault" };
const options = { caller: { region: "us-west-2" } };

/** Readings that end when they are told to, or when they are given up. */
function readings() {
  const begun: { finish: (detail?: string) => void; refuse: () => void; options: CollectOptions }[] = [];
  const snapshot = parseSnapshot(exampleSnapshot("allowed"));
  const collect: typeof collectEvidence = (_, collecting) =>
    new Promise((resolve) => {
      const end = (status: "answered" | "refused" | "failed" | "skipped", detail?: string) =>
        resolve({ snapshot, calls: [{ call: "iam:GetRole", status, ...(detail !== undefined && { detail }) }] });
      if (collecting.skip !== undefined) {
        end("skipped", collecting.skip);
        return;
      }
      collecting.signal.addEventListener("abort", () => end("skipped"), { once: true });
      begun.push({
        options: collecting,
        refuse: () => end("refused"),
        finish: (detail) => end(detail === undefined ? "answered" : "failed", detail),
      });
    });
  return { begun, collect };
}

/** Until so many readings have begun. */
async function untilBegun(begun: readonly unknown[], count: number): Promise<void> {
  while (begun.length < count) await new Promise(setImmediate);
}

describe("Many refusals of the same call", () => {
  it("are one reading of the evidence, each with its own original", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      const diagnosed = { evidence: evidenceFrom(emulator) };

      const errors = (await Promise.all(
        Array.from({ length: 5 }, () => rejection(createBackupVault(client, input, diagnosed))),
      )) as BackupVaultAccessDeniedError[];

      expect(asked(emulator).filter((call) => call === "sts:GetCallerIdentity")).to.have.length(1);
      expect(new Set(errors.map(({ cause }) => cause)).size).to.equal(5);
      for (const { blockingLayer } of errors) expect(blockingLayer).to.equal("identity-policy");
      const told = errors.filter(({ diagnosis }) => diagnosis.assumptions.some((one) => one.includes("is shared")));
      expect(told).to.have.length(4);
    }));

  it("are read one by one where sharing is turned off", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      const diagnosed = { evidence: evidenceFrom(emulator), share: false };

      await rejection(createBackupVault(client, input, diagnosed));
      await rejection(createBackupVault(client, input, diagnosed));

      expect(asked(emulator).filter((call) => call === "sts:GetCallerIdentity")).to.have.length(2);
    }));

  it("share the evidence for five seconds and tell its age", async () => {
    const clock = handClock();
    const { begun, collect } = readings();
    const share = newEvidenceShare(collect);
    const config = {};
    const first = share(config, request, options, { clock });
    begun[0]?.finish();

    expect((await first).age).to.equal(null);
    clock.goTo(4_000);
    expect((await share(config, request, options, { clock })).age).to.equal(4_000);
    expect(begun).to.have.length(1);

    clock.goTo(5_001);
    const later = share(config, request, options, { clock });
    begun[1]?.finish();
    expect((await later).age).to.equal(null);
    expect(begun).to.have.length(2);
  });

  const others: { what: string; config?: object; other?: object; settings?: object }[] = [
    { what: "another client", config: {} },
    { what: "another vault", other: { backupVaultName: "test-vault" } },
    { what: "another key", other: { ...request, encryptionKeyArn: "arn:aws:kms:us-west-2:444455556666:key/other" } },
    { what: "other tags", other: { ...request, backupVaultTags: { stage: "prod" } } },
    { what: "other context", settings: { ...options, context: { "aws:SourceVpce": "vpce-1" } } },
    {
      what: "another reader",
      settings: {
        ...options,
        evidence: { region: "us-west-2", credentials: { accessKeyId: "A", secretAccessKey: "S" } },
      },
    },
  ];
  for (const { what, config, other, settings } of others) {
    it(`are not the same with ${what}`, async () => {
      const clock = handClock();
      const { begun, collect } = readings();
      const share = newEvidenceShare(collect);
      const same = {};

      const both = [
        share(same, request, options, { clock }),
        share(config ?? same, (other as typeof request) ?? request, (settings as typeof options) ?? options, { clock }),
      ];
      for (const { finish } of begun) finish();

      expect((await Promise.all(both)).map(({ age }) => age)).to.deep.equal([null, null]);
      expect(begun).to.have.length(2);
    });
  }

  it("go on for the others where one gives up, and end where the last one does", async () => {
    const clock = handClock();
    const { begun, collect } = readings();
    const share = newEvidenceShare(collect);
    const config = {};
    const [one, other] = [new AbortController(), new AbortController()];
    const first = share(config, request, options, { clock, abortSignal: one.signal });
    const second = share(config, request, options, { clock, abortSignal: other.signal });

    one.abort();
    expect(begun[0]?.options.signal.aborted).to.equal(false);
    clock.goTo(250);
    expect((await first).calls[0]?.status).to.equal("skipped");

    other.abort();
    expect(begun[0]?.options.signal.aborted).to.equal(true);
    expect((await second).calls[0]?.status).to.equal("skipped");
  });

  it("are read once more, together, where a call of the reading they waited for failed", async () => {
    const clock = handClock();
    const { begun, collect } = readings();
    const share = newEvidenceShare(collect);
    const config = {};
    const [first, ...waiting] = Array.from({ length: 5 }, () => share(config, request, options, { clock }));

    begun[0]?.finish("ETIMEDOUT");
    const own = await first;
    await untilBegun(begun, 2);
    begun[1]?.finish();
    const others = await Promise.all(waiting);

    expect(own?.calls[0]?.status).to.equal("failed");
    expect(begun).to.have.length(2);
    expect(others.map(({ calls }) => calls[0]?.status)).to.deep.equal(Array(4).fill("answered"));
  });

  it("do not share a reading in which a call failed, and do share one in which a call was refused", async () => {
    const clock = handClock();
    const { begun, collect } = readings();
    const share = newEvidenceShare(collect);
    const config = {};
    const first = share(config, request, options, { clock });
    begun[0]?.finish("ETIMEDOUT");
    await first;

    const second = share(config, request, options, { clock });
    expect(begun).to.have.length(2);
    begun[1]?.refuse();
    await second;

    expect((await share(config, request, options, { clock })).calls[0]?.status).to.equal("refused");
    expect(begun).to.have.length(2);
  });

  it("of many vaults at once are not all read: who comes when twenty readings are under way asks nothing", async () => {
    const clock = handClock();
    const { begun, collect } = readings();
    const share = newEvidenceShare(collect);
    const config = {};

    const all = Array.from({ length: 50 }, (_, index) =>
      share(config, { backupVaultName: `vault-${index}` }, options, { clock }),
    );
    for (const { finish } of begun) finish();

    const statuses = (await Promise.all(all)).map(({ calls }) => calls[0]?.status);
    expect(begun).to.have.length(20);
    expect(statuses.filter((status) => status === "skipped")).to.have.length(30);
  });

  it("do not share what was cut short", async () => {
    const clock = handClock();
    const { begun, collect } = readings();
    const share = newEvidenceShare(collect);
    const config = {};
    const first = share(config, request, options, { clock, deadline: 100 });
    clock.goTo(100);
    await first;

    const second = share(config, request, options, { clock });
    begun[1]?.finish();

    expect((await second).calls[0]?.status).to.equal("answered");
  });
});

describe("A storm of refusals", () => {
  const throttled = "ThrottlingException: Rate exceeded";

  /** Refusals one after the other, each by a client of its own. */
  function storm() {
    const clock = handClock();
    const { begun, collect } = readings();
    const share = newEvidenceShare(collect);
    const refused = async (detail?: string) => {
      const before = begun.length;
      const collected = share({}, request, options, { clock });
      begun[before]?.finish(detail);
      return (await collected).calls[0];
    };
    return { clock, begun, refused };
  }

  it("is not read on for half a minute after AWS has throttled twice in a row", async () => {
    const { clock, begun, refused } = storm();
    await refused(throttled);
    await refused(throttled);

    const third = await refused();

    expect(begun).to.have.length(2);
    expect(third?.status).to.equal("skipped");
    expect(third?.detail).to.contain("throttled");

    clock.goTo(30_000);
    expect((await refused())?.status).to.equal("answered");
  });

  it("is read on where AWS throttled but once, or failed otherwise", async () => {
    const { refused } = storm();
    await refused(throttled);
    await refused();
    await refused(throttled);
    await refused("NoSuchEntityException: gone");

    expect((await refused())?.status).to.equal("answered");
  });
});
