import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect } from "chai";
import { type Emulator, type EmulatorOptions, key } from "../../lib/emulator/index.js";
import type { TrailRecord } from "../../lib/emulator/trail/TrailRecord.js";
import { failureOf, served } from "./served.js";
import { signed } from "./signed.js";
import { accountId, allow, allSeven, deny, keyArn, managementId, memberWorld, vaultArn } from "./worlds.js";

/** LookupEvents as it goes over the wire, so that what the SDK makes of it plays no part. */
async function lookup(
  emulator: Emulator,
  input: object = {},
  principal = `arn:aws:iam::${accountId}:user/alice`,
): Promise<{ status: number; answer: { Events: Found[]; NextToken?: string; __type?: string; message?: string } }> {
  const body = JSON.stringify(input);
  const plain = {
    method: "POST",
    path: "/",
    service: "cloudtrail",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
    },
    body,
  };
  const headers = signed(plain, new URL(emulator.url).host, emulator.credentialsFor(principal), "us-west-2");
  const response = await fetch(emulator.url, { method: "POST", headers, body });
  return { status: response.status, answer: (await response.json()) as never };
}

interface Found {
  EventName: string;
  EventSource: string;
  EventTime: number;
  Username: string;
  ReadOnly: string;
  Resources: { ResourceType: string; ResourceName: string }[];
  CloudTrailEvent: string;
}

const create = (emulator: Emulator, input: object = {}) =>
  new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 }).send(
    new CreateBackupVaultCommand({ BackupVaultName: "prod-vault", EncryptionKeyArn: keyArn, ...input }),
  );

/** A world whose user alice may look at everything, as she may do everything. */
const watched = (changes: Parameters<typeof memberWorld>[0], more: EmulatorOptions = {}): EmulatorOptions => {
  const world = memberWorld(changes);
  const [alice] = world.accounts[0]?.users ?? [];
  alice?.inlinePolicies.push({ name: "Trail", document: allow("cloudtrail:LookupEvents") });
  return { world, ...more };
};

const names = (events: readonly Found[]) => events.map(({ EventName }) => EventName);

describe("CloudTrail in the emulator", () => {
  it("tells the calls that AWS Backup forwarded, and the caller's own, newest first", () =>
    served(watched({}), async (emulator) => {
      await create(emulator);

      const { answer } = await lookup(emulator);

      expect(names(answer.Events)).to.deep.equal([
        "CreateBackupVault",
        "GenerateDataKey",
        "Decrypt",
        "RetireGrant",
        "DescribeKey",
        "CreateGrant",
        "MountCapsule",
      ]);
    }));

  it("records a forwarded call under the caller's own identity, as made by AWS Backup, with the key and the vault", () =>
    served(watched({}), async (emulator) => {
      await create(emulator);

      const { answer } = await lookup(emulator, {
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateGrant" }],
      });

      expect(answer.Events).to.have.lengthOf(1);
      expect(answer.Events[0]).to.deep.include({
        EventSource: "kms.amazonaws.com",
        Username: "ci-run-1",
        Resources: [{ ResourceType: "AWS::KMS::Key", ResourceName: keyArn }],
      });
      const record = JSON.parse(answer.Events[0]?.CloudTrailEvent ?? "");
      expect(record).to.deep.include({
        sourceIPAddress: "backup.amazonaws.com",
        userAgent: "backup.amazonaws.com",
        eventName: "CreateGrant",
        awsRegion: "us-west-2",
        recipientAccountId: accountId,
        resources: [{ accountId, type: "AWS::KMS::Key", ARN: keyArn }],
      });
      expect(record.userIdentity).to.include({
        type: "AssumedRole",
        arn: `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`,
        invokedBy: "backup.amazonaws.com",
      });
      expect(record.userIdentity.sessionContext.sessionIssuer.arn).to.equal(
        `arn:aws:iam::${accountId}:role/team/Deployer`,
      );
      expect(record.requestParameters.constraints.encryptionContextSubset).to.deep.equal({
        "aws:backup:backup-vault": vaultArn,
      });
    }));

  const refusals = [
    {
      why: "a service control policy, by name",
      changes: { serviceControl: deny("kms:GenerateDataKey") },
      eventName: "GenerateDataKey",
      message:
        /with an explicit deny in a service control policy: arn:aws:organizations::\d+:policy\/o-[a-z0-9]+\/service_control_policy\/p-guard0001$/,
    },
    {
      why: "a key policy that names nobody",
      changes: { keyPolicy: { ...allow("kms:*"), Statement: [] } },
      eventName: "CreateGrant",
      message: /because no resource-based policy allows the kms:CreateGrant action$/,
    },
    {
      why: "an identity policy without MountCapsule",
      changes: { identity: allow("backup:*", "kms:*") },
      eventName: "MountCapsule",
      message:
        /backup-storage:MountCapsule on resource: \* because no identity-based policy allows the backup-storage:MountCapsule action$/,
    },
    {
      why: "a permissions boundary",
      changes: { boundary: allow("backup:*", "backup-storage:*", "kms:CreateGrant", "kms:DescribeKey") },
      eventName: "RetireGrant",
      message: /because no permissions boundary allows the kms:RetireGrant action$/,
    },
  ];
  for (const { why, changes, eventName, message } of refusals) {
    it(`tells what the opaque denial hides: ${why}`, () =>
      served(watched(changes), async (emulator) => {
        expect((await failureOf(create(emulator))).message).to.match(/^Insufficient privileges/);

        const { answer } = await lookup(emulator);

        const refused = answer.Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent)).filter(
          ({ errorCode }) => errorCode !== undefined,
        );
        expect(refused.map((record) => record.eventName)).to.deep.equal(["CreateBackupVault", eventName]);
        expect(refused.map((record) => record.errorCode)).to.deep.equal(["AccessDenied", "AccessDenied"]);
        expect(refused[1].errorMessage).to.match(message);
      }));
  }

  it("tells that a key was disabled, which the denial does not", () => {
    const options = watched({});
    for (const key of options.world?.accounts[0]?.keys ?? []) key.state = "Disabled";
    return served(options, async (emulator) => {
      await failureOf(create(emulator));

      const event = emulator.cloudTrail.find(({ eventName }) => eventName === "CreateGrant");

      expect(event).to.include({ errorCode: "DisabledException", errorMessage: `${keyArn} is disabled.` });
    });
  });

  it("tells a direct call as the caller's own", () =>
    served(watched({}), async (emulator) => {
      await new KMSClient(emulator.clientConfig()).send(new DescribeKeyCommand({ KeyId: keyArn }));

      const [event] = emulator.cloudTrail;

      expect(event?.userIdentity).not.to.have.property("invokedBy");
      expect(event).to.deep.include({ sourceIPAddress: "127.0.0.1", requestParameters: { keyId: keyArn } });
    }));

  it("tells the owner of another account's key of the calls that passed, as those of an account (aws-behaviour, cloudtrail-owner)", () => {
    const foreign = `arn:aws:kms:us-west-2:${managementId}:key/99999999-12ab-34cd-56ef-1234567890ab`;
    const options = watched({});
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow" as const, Principal: { AWS: accountId }, Action: "kms:*", Resource: "*" }],
    };
    const owner = options.world?.accounts?.find(({ id }) => id === managementId);
    owner?.keys?.push(key({ arn: foreign, policy }));
    owner?.roles?.[0]?.inlinePolicies?.push({ name: "Trail", document: allow("cloudtrail:LookupEvents") });
    return served(options, async (emulator) => {
      await create(emulator, { EncryptionKeyArn: foreign });
      const events = async (principal?: string) => {
        const { answer } = await lookup(emulator, {}, principal);
        return answer.Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent) as TrailRecord);
      };
      const own = (await events()).find(({ eventName }) => eventName === "CreateGrant");
      const theirs = await events(`arn:aws:iam::${managementId}:role/Admin`);
      const shared = theirs.find(({ eventName }) => eventName === "CreateGrant");

      expect(theirs.map(({ eventName }) => eventName)).not.to.include("CreateBackupVault");
      expect(shared?.userIdentity).to.deep.equal({
        type: "AWSAccount",
        principalId: own?.userIdentity.principalId,
        accountId,
        invokedBy: "backup.amazonaws.com",
      });
      expect(shared?.sharedEventID).to.be.a("string").and.to.equal(own?.sharedEventID);
      expect(shared).to.include({ recipientAccountId: managementId, requestID: own?.requestID });
      expect(shared?.eventID).not.to.equal(own?.eventID);
    });
  });

  it("tells of an event only after the delay", () =>
    served(watched({}, { cloudTrailDelay: 300_000 }), async (emulator) => {
      await create(emulator);
      expect((await lookup(emulator)).answer.Events).to.deep.equal([]);

      emulator.cloudTrailDelay = 0;

      expect((await lookup(emulator)).answer.Events).to.have.length.above(6);
    }));

  it("gives pages that do not move while more happens", () =>
    served(watched({}), async (emulator) => {
      await create(emulator);
      const first = (await lookup(emulator, { MaxResults: 3 })).answer;
      await create(emulator, { BackupVaultName: "another" });

      const second = (await lookup(emulator, { MaxResults: 50, NextToken: first.NextToken })).answer;

      expect(names([...first.Events, ...second.Events])).to.deep.equal([
        "CreateBackupVault",
        "GenerateDataKey",
        "Decrypt",
        "RetireGrant",
        "DescribeKey",
        "CreateGrant",
        "MountCapsule",
      ]);
      expect(second.NextToken).to.equal(undefined);
    }));

  const filters: { attribute: string; value: string; found: string[] }[] = [
    { attribute: "EventSource", value: "backup-storage.amazonaws.com", found: ["MountCapsule"] },
    { attribute: "Username", value: "ci-run-1", found: ["CreateBackupVault", "MountCapsule"] },
    { attribute: "ResourceName", value: "prod-vault", found: ["CreateBackupVault"] },
    { attribute: "Username", value: "nobody", found: [] },
  ];
  for (const { attribute, value, found } of filters) {
    it(`finds by ${attribute} ${value}`, () =>
      served(
        watched({}, { enforce: ["backup:CreateBackupVault", "backup-storage:MountCapsule"] }),
        async (emulator) => {
          await create(emulator);
          const { answer } = await lookup(emulator, {
            LookupAttributes: [{ AttributeKey: attribute, AttributeValue: value }],
          });
          expect(names(answer.Events)).to.deep.equal(found);
        },
      ));
  }

  it("finds by time", () =>
    served(watched({}), async (emulator) => {
      await create(emulator);
      const now = Date.now() / 1000;
      expect((await lookup(emulator, { EndTime: now - 60 })).answer.Events).to.deep.equal([]);
      expect((await lookup(emulator, { StartTime: now - 60, EndTime: now + 60 })).answer.Events).to.have.length.above(
        6,
      );
    }));

  const bad = [
    { input: { MaxResults: 51 }, type: "InvalidMaxResultsException" },
    { input: { MaxResults: 0 }, type: "InvalidMaxResultsException" },
    { input: { NextToken: "bm9uZQ==" }, type: "InvalidNextTokenException" },
    { input: { StartTime: 2, EndTime: 1 }, type: "InvalidTimeRangeException" },
    {
      input: { LookupAttributes: [{ AttributeKey: "constructor", AttributeValue: "x" }] },
      type: "InvalidLookupAttributesException",
    },
  ];
  for (const { input, type } of bad) {
    it(`refuses ${JSON.stringify(input)}: ${type}`, () =>
      served(watched({}), async (emulator) => {
        const { status, answer } = await lookup(emulator, input);
        expect([status, answer.__type]).to.deep.equal([400, type]);
      }));
  }

  it("needs cloudtrail:LookupEvents", () =>
    served({ world: memberWorld({ identity: allSeven }) }, async (emulator) => {
      const { status, answer } = await lookup(emulator);
      expect([status, answer.__type]).to.deep.equal([400, "AccessDeniedException"]);
      expect(answer.message).to.equal(
        `User: arn:aws:iam::${accountId}:user/alice is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy allows the cloudtrail:LookupEvents action`,
      );
    }));

  it("holds no plaintext, ciphertext or secret", () =>
    served(watched({}), async (emulator) => {
      await create(emulator);
      const { secretAccessKey, sessionToken } = emulator.clientConfig().credentials;
      const told = JSON.stringify(emulator.cloudTrail);
      expect(told).not.to.contain(secretAccessKey);
      expect(told).not.to.contain(sessionToken);
    }));
});
