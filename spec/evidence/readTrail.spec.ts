import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { expect } from "chai";
import type { Clock } from "../../lib/aws/Clock.js";
import { diagnose } from "../../lib/diagnose.js";
import type { Emulator, World } from "../../lib/emulator/index.js";
import { reads } from "../../lib/facts/reads.js";
import type { Diagnosis, Snapshot } from "../../lib/index.js";
import { rejection } from "../client/refusals.js";
import { served } from "../emulator/served.js";
import { accountId, allow, keyArn, memberWorld } from "../emulator/worlds.js";
import { collected } from "./collected.js";

/** A clock on which every wait is over at once, and what was waited for. */
function hurriedClock(): { clock: Clock; waits: number[] } {
  const waits: number[] = [];
  let passed = 0;
  return {
    waits,
    clock: {
      now: () => new Date(Date.now() + passed),
      after: (milliseconds, run) => {
        waits.push(milliseconds);
        const handle = setImmediate(() => {
          passed += milliseconds;
          run();
        });
        return () => clearImmediate(handle);
      },
    },
  };
}

/** Refuses every read but CloudTrail's and STS's. */
function refuseOthers(emulator: Emulator): void {
  for (const name of Object.keys(reads)) {
    const [service, operation] = name.split(":") as ["iam" | "kms" | "organizations" | "sts", string];
    if (/^(sts|cloudtrail):/.test(name)) continue;
    emulator.inject({ effect: "error", service, operation, code: "AccessDeniedException", status: 400 });
  }
}

/** The world's caller is refused; then its evidence is read, of CloudTrail alone. */
async function refusedAndRead(world: World, wait = 0, cloudTrailDelay = 0): Promise<Told> {
  return served({ world, cloudTrailDelay }, async (emulator) => {
    const client = new BackupClient(emulator.clientConfig());
    const { name, message } = (await rejection(
      client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault", EncryptionKeyArn: keyArn })),
    )) as Error;
    refuseOthers(emulator);
    const { clock, waits } = hurriedClock();
    const progress: number[] = [];
    const onWait = ({ waited }: { waited: number }) => {
      progress.push(waited);
      // The delay is the emulator's own clock's.
      if (progress.length === 3) emulator.cloudTrailDelay = 0;
    };
    const { snapshot } = await collected(emulator, {
      options: { cloudTrail: { wait, onWait }, denial: { name, message }, clock, now: () => new Date() },
    });
    return { snapshot, diagnosis: diagnose(snapshot), waits, progress, requests: emulator.requests.map(nameOf) };
  });
}

interface Told {
  snapshot: Snapshot;
  diagnosis: Diagnosis;
  waits: number[];
  progress: number[];
  requests: string[];
}

const nameOf = ({ service, operation }: { service: string | null; operation: string }) => `${service}:${operation}`;

const forwarded = ["kms:CreateGrant", "kms:GenerateDataKey", "kms:Decrypt", "kms:DescribeKey"];
const seven = ["backup:CreateBackupVault", "backup-storage:MountCapsule", ...forwarded, "kms:RetireGrant"];
const without = (action: string) => allow(...seven.filter((one) => one !== action));
const onKey = (effect: "Allow" | "Deny", action: string) => ({
  Effect: effect,
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: action,
  Resource: "*",
});

/** Each way in which one forwarded action is refused by one layer, with the policy where AWS's message names it. */
const layers: Record<string, (action: string) => { world: World; policy?: string }> = {
  "identity-policy": (action) => ({ world: memberWorld({ identity: without(action) }) }),
  "permissions-boundary": (action) => ({ world: memberWorld({ boundary: without(action) }) }),
  "service-control-policy": (action) => ({
    world: memberWorld({
      serviceControl: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Action: action, Resource: "*" }],
      },
    }),
  }),
  "key-policy": (action) => ({
    world: memberWorld({
      keyPolicy: { Version: "2012-10-17", Statement: [onKey("Allow", "kms:*"), onKey("Deny", action)] },
    }),
  }),
};

/** Fifty draws that a seed repeats. */
function draws(seed: number): { layer: string; action: string }[] {
  let state = seed;
  const next = (count: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const names = Object.keys(layers);
  return Array.from({ length: 50 }, () => {
    const layer = names[next(names.length)] ?? "";
    // backup-storage has no key policy.
    const actions = layer === "key-policy" ? forwarded : [...forwarded, "backup-storage:MountCapsule"];
    return { layer, action: actions[next(actions.length)] ?? "" };
  });
}

// specification, rule 9
describe("CloudTrail tells what AWS Backup hides", function () {
  this.timeout(120_000);

  const seed = Number(process.env.TRAIL_SEED) || Math.floor(Math.random() * 2 ** 31);

  it(`which action was refused, and by which layer, in fifty worlds with no other right (TRAIL_SEED=${seed} repeats them)`, async () => {
    const told = new Map<string, Promise<Told>>();
    for (const { layer, action } of draws(seed)) {
      const name = `${layer} ${action}`;
      const made = layers[layer]?.(action);
      if (made === undefined) throw new Error(`no world for ${layer}`);
      const known = told.get(name) ?? refusedAndRead(made.world);
      told.set(name, known);
      const { diagnosis } = await known;

      expect(diagnosis.outcome, name).to.equal("blocked");
      expect(diagnosis.blockingLayer, name).to.equal(layer);
      expect(diagnosis.blockers[0]?.actions, name).to.deep.equal([action]);
    }
    expect(told.size).to.be.above(10);
  });

  it("at CloudTrail's own pace, a source after the other, and no further than the first refusal", async () => {
    const { waits, requests, snapshot } = await refusedAndRead(
      memberWorld({ identity: without("backup-storage:MountCapsule") }),
    );

    const lookups = requests.filter((name) => name === "cloudtrail:LookupEvents");
    expect(lookups).to.have.length(2);
    expect(waits).to.deep.equal([500]);
    expect(snapshot.cloudTrail).to.have.property("status", "read");
  });

  it("as soon as an event decides, where it waits", async () => {
    const { progress, snapshot, diagnosis } = await refusedAndRead(
      memberWorld({ identity: without("kms:CreateGrant") }),
      600_000,
      3_600_000,
    );

    expect(progress).to.have.length(3);
    expect(snapshot.cloudTrail).to.have.property("status", "read");
    expect(diagnosis.blockers[0]?.actions).to.deep.equal(["kms:CreateGrant"]);
  });

  it("and nothing is found, within the time that may be waited, where there is nothing", async () => {
    const { progress, snapshot } = await refusedAndRead(
      memberWorld({ identity: without("kms:CreateGrant") }),
      25_000,
      1e9,
    );

    expect(snapshot.cloudTrail).to.deep.equal({ status: "none" });
    expect(progress).to.have.length.within(1, 2);
  });

  it("over many pages, of this caller's forwarded calls alone", () =>
    served({ world: memberWorld({ identity: without("kms:CreateGrant") }) }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      const create = () =>
        rejection(
          client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault", EncryptionKeyArn: keyArn })),
        );
      await create();
      const kms = new KMSClient(emulator.clientConfig());
      await Promise.allSettled(Array.from({ length: 120 }, () => kms.send(new ListAliasesCommand({}))));
      const { clock } = hurriedClock();

      const { snapshot, calls } = await collected(emulator, {
        options: { cloudTrail: {}, clock, now: () => new Date() },
      });

      expect(calls.filter(({ call }) => call === "cloudtrail:LookupEvents").length).to.be.at.least(3);
      if (snapshot.cloudTrail?.status !== "read") throw new Error("expected events");
      const names = snapshot.cloudTrail.value.map(({ eventName }) => eventName);
      expect(names).to.include("CreateGrant").and.not.include("ListAliases");
    }));

  it("and says so where it may not be asked", () =>
    served({ world: memberWorld() }, async (emulator) => {
      emulator.inject({ effect: "error", service: "cloudtrail", code: "AccessDeniedException", status: 400 });
      const { clock } = hurriedClock();

      const { snapshot, calls } = await collected(emulator, { options: { cloudTrail: {}, clock } });

      expect(snapshot.cloudTrail).to.have.property("status", "unreadable");
      const told = calls.find(({ call }) => call === "cloudtrail:LookupEvents");
      expect(told).to.have.property("status", "refused");
      expect(told?.detail).to.contain("needs cloudtrail:LookupEvents");
    }));

  it("is not asked where nobody asked for it", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const { snapshot } = await collected(emulator);

      expect(snapshot).to.not.have.property("cloudTrail");
      expect(emulator.requests.map(nameOf)).to.not.include("cloudtrail:LookupEvents");
    }));
});
