import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import fc from "fast-check";
import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { EmulatorCredentials, World } from "../../lib/emulator/index.js";
import type { CollectOptions } from "../../lib/evidence/CollectOptions.js";
import { collectEvidence } from "../../lib/evidence/collectEvidence.js";
import { type Emulator, startEmulator, worldFromSnapshot } from "../../lib/replay/index.js";
import type { Denial, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { arbitrarySnapshot } from "./arbitrarySnapshot.js";
import { asFarAsApisTell, whyNotServable } from "./roundTrip.js";
import { allow, type Changes, deny, keyArn, memberWorld } from "./worlds.js";

/** WORLDS=500 asks for as many as a release does. */
const worlds = Number(process.env.WORLDS ?? 100);

/** What a check forecasts, held against what AWS then does (here: the emulator). */
describe("The forecast of a check", function () {
  this.timeout(1_800_000);
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  /** A random world that answers everything it is asked, and the snapshot it was made of. */
  const readable = arbitrarySnapshot
    .map((random): Snapshot => ({ ...asFarAsApisTell(random), denial: null }))
    .filter((snapshot) => whyNotServable(snapshot) === null);

  it(`is what CreateBackupVault then does, with dry runs and without, in ${worlds} random worlds`, async () => {
    const seen = { allowed: 0, blocked: 0, inconclusive: 0 };
    const property = fc.asyncProperty(readable, async (snapshot) => {
      emulator.reset(worldFromSnapshot(snapshot));

      const plain = await checked(emulator, snapshot, {});
      const probed = await checked(emulator, snapshot, { probe: "dry-run" });
      const created = await isCreated(emulator, snapshot, emulator.clientConfig().credentials);

      expect(probed.outcome, "with dry runs and without").to.equal(plain.outcome);
      for (const diagnosis of [plain, probed]) expectRight(diagnosis, created);
      seen[plain.outcome] += 1;
    });
    await fc.assert(property, { numRuns: worlds });
    console.log(`      ${JSON.stringify(seen)}`);
    expect(seen.blocked).to.be.greaterThan(worlds / 10);
  });

  it("of a role without a session is never surely wrong for any session of it", async () => {
    const sessions = ["ci-run-1", "alice@example.com", "backup-vault-access"];
    const ofRole = readable.filter(({ caller }) => caller.arn.includes(":assumed-role/"));
    const seen = { allowed: 0, blocked: 0, inconclusive: 0 };
    const property = fc.asyncProperty(ofRole, async (snapshot) => {
      const world = worldFromSnapshot(snapshot);
      emulator.reset(world);
      const { principalArn } = snapshot.caller;

      const diagnosis = await checked(emulator, snapshot, { principalArn });

      const [account, name] = [snapshot.request.accountId, principalArn.split("/").at(-1)];
      for (const session of sessions) {
        emulator.reset(world);
        const arn = `arn:aws:sts::${account}:assumed-role/${name}/${session}`;
        expectRight(diagnosis, await isCreated(emulator, snapshot, emulator.credentialsFor(arn)));
      }
      seen[diagnosis.outcome] += 1;
    });
    await fc.assert(property, { numRuns: Math.ceil(worlds / 3) });
    console.log(`      ${JSON.stringify(seen)}`);
  });

  /** A Deny of one forwarded action, and the layer that AWS's words name for it. */
  const places: { layer: string; change: (action: string) => Changes; isFor: (action: string) => boolean }[] = [
    { layer: "identity-policy", isFor: () => true, change: (action) => ({ role: withInline(action) }) },
    { layer: "permissions-boundary", isFor: () => true, change: (action) => ({ boundary: allBut(action) }) },
    { layer: "service-control-policy", isFor: () => true, change: (action) => ({ serviceControl: deny(action) }) },
    {
      layer: "resource-control-policy",
      isFor: (action) => action.startsWith("kms:") && action !== "kms:RetireGrant",
      change: (action) => ({
        resourceControl: {
          Version: "2012-10-17",
          Statement: [{ Sid: "NoKey", Effect: "Deny", Principal: "*", Action: action, Resource: "*" }],
        },
      }),
    },
  ];
  const forwarded = [
    "backup-storage:MountCapsule",
    "kms:CreateGrant",
    "kms:DescribeKey",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "kms:RetireGrant",
  ];
  const faults = fc
    .tuple(fc.constantFrom(...forwarded), fc.constantFrom(...places))
    .filter(([action, place]) => place.isFor(action));

  it("names by CloudTrail alone the one forwarded action that was refused, its layer and policy", async () => {
    const property = fc.asyncProperty(faults, async ([action, { layer, change }]) => {
      emulator.reset(withTrailReader(memberWorld(change(action))));
      const credentials = emulator.clientConfig().credentials;
      const denial = await refusal(emulator, credentials);
      const snapshot = await collected(
        emulator,
        { region: "us-west-2", encryptionKeyArn: keyArn, denial },
        credentials,
        {
          cloudTrail: {},
          evidence: settings(emulator, "us-west-2", emulator.credentialsFor(reader)),
        },
      );
      const { blockers } = diagnose(snapshot, { fixes: false });

      const [first] = blockers;
      expect(blockers.map((one) => [one.layer, one.actions])).to.deep.equal([[layer, [action]]]);
      const told = denialIn(emulator, action);
      const named = /explicit deny in [a-z -]+: (arn:[^\s"\\]+)/.exec(told)?.[1];
      if (named !== undefined) expect(first?.policy?.arn).to.equal(named);
    });
    await fc.assert(property, { numRuns: 50 });
  });
});

const reader = "arn:aws:iam::444455556666:user/alice";

/** Alice may look into CloudTrail, and nothing else. */
function withTrailReader(world: World): World {
  for (const { users } of world.accounts) {
    for (const one of users) one.inlinePolicies = [{ name: "Trail", document: allow("cloudtrail:LookupEvents") }];
  }
  return world;
}

function withInline(action: string): Changes["role"] {
  const all = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "*", Resource: "*" }] };
  return {
    inlinePolicies: [
      { name: "All", document: all },
      { name: "NotThis", document: deny(action) },
    ],
  };
}

function allBut(action: string) {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, NotAction: action, Resource: "*" }] };
}

/** Confirmed is never wrong, and allowed is created. */
function expectRight(diagnosis: Diagnosis, created: boolean): void {
  const confirmed = diagnosis.blockers.filter(({ certainty }) => certainty === "confirmed");
  if (confirmed.length > 0) expect(created, confirmed.map(({ reason }) => reason).join(" ")).to.equal(false);
  if (diagnosis.outcome === "allowed") expect(created, diagnosis.summary).to.equal(true);
}

async function checked(
  emulator: Emulator,
  { request, capturedAt }: Snapshot,
  more: Partial<CollectOptions> & { principalArn?: string },
): Promise<Diagnosis> {
  const { principalArn, ...options } = more;
  const snapshot = await collected(
    emulator,
    { ...request, ...(principalArn !== undefined && { principalArn }), denial: null },
    principalArn === undefined ? emulator.clientConfig().credentials : emulator.auditor,
    { ...options, evidence: settings(emulator, request.region, emulator.auditor), now: () => new Date(capturedAt) },
  );
  return diagnose(snapshot, { fixes: false });
}

interface Asked {
  region: string;
  backupVaultName?: string;
  encryptionKeyArn?: string | null;
  backupVaultTags?: Record<string, string>;
  principalArn?: string;
  denial: Denial | null;
}

async function collected(
  emulator: Emulator,
  { region, backupVaultName = "prod-vault", encryptionKeyArn, backupVaultTags, principalArn, denial }: Asked,
  credentials: EmulatorCredentials,
  options: Partial<CollectOptions>,
): Promise<Snapshot> {
  const { snapshot } = await collectEvidence(
    {
      backupVaultName,
      region,
      ...(backupVaultTags !== undefined && { backupVaultTags }),
      ...(typeof encryptionKeyArn === "string" && { encryptionKeyArn }),
      ...(principalArn !== undefined && { principalArn }),
    },
    { caller: settings(emulator, region, credentials), signal: AbortSignal.timeout(20_000), denial, ...options },
  );
  return snapshot;
}

function settings({ url }: Emulator, region: string, credentials: EmulatorCredentials): ClientSettings {
  const endpoints = { iam: url, sts: url, kms: url, organizations: url, cloudtrail: url };
  return { region, credentials: async () => credentials, endpoints };
}

async function isCreated(
  emulator: Emulator,
  { request }: Pick<Snapshot, "request">,
  credentials: EmulatorCredentials,
): Promise<boolean> {
  return (await attempted(emulator, request, credentials)) === null;
}

async function refusal(emulator: Emulator, credentials: EmulatorCredentials): Promise<Denial> {
  const request = { backupVaultName: "prod-vault", encryptionKeyArn: keyArn, backupVaultTags: {} };
  const { name, message } = (await attempted(emulator, request, credentials)) ?? { name: "none", message: "" };
  expect(name).to.equal("AccessDeniedException");
  return { name, message };
}

async function attempted(
  emulator: Emulator,
  request: { backupVaultName: string; encryptionKeyArn: string | null; backupVaultTags: Record<string, string> },
  credentials: EmulatorCredentials,
): Promise<Error | null> {
  const client = new BackupClient({ ...emulator.clientConfig(), credentials, maxAttempts: 1 });
  try {
    await client.send(
      new CreateBackupVaultCommand({
        BackupVaultName: request.backupVaultName,
        BackupVaultTags: request.backupVaultTags,
        ...(request.encryptionKeyArn !== null && { EncryptionKeyArn: request.encryptionKeyArn }),
      }),
    );
    return null;
  } catch (error) {
    expect((error as Error).name).to.equal("AccessDeniedException");
    return error as Error;
  } finally {
    client.destroy();
  }
}

/** KMS's own words about a refused forwarded call, as CloudTrail has them. */
function denialIn({ cloudTrail }: Emulator, action: string): string {
  const name = action.slice(action.indexOf(":") + 1);
  return JSON.stringify(cloudTrail.find((event) => JSON.stringify(event).includes(`"${name}"`)) ?? "");
}
