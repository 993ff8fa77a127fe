import { expect } from "chai";
import { parseTrailEvents } from "../../lib/evidence/parseTrailEvents.js";
import { TrailFormatError } from "../../lib/evidence/TrailFormatError.js";

const keyArn = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const userArn = "arn:aws:sts::444455556666:assumed-role/Deployer/ci-run-1";

/*
 * A record as AWS documents its members:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-generatedatakey.html
 */
const record = {
  eventVersion: "1.11",
  userIdentity: { type: "AssumedRole", arn: userArn, accountId: "444455556666", invokedBy: "backup.amazonaws.com" },
  eventTime: "2026-11-20T12:00:00Z",
  eventSource: "kms.amazonaws.com",
  eventName: "GenerateDataKey",
  awsRegion: "us-west-2",
  sourceIPAddress: "backup.amazonaws.com",
  userAgent: "backup.amazonaws.com",
  requestParameters: { keyId: keyArn, encryptionContext: { "aws:backup:backup-vault": "prod-vault" } },
  responseElements: null,
  requestID: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  eventID: "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
  readOnly: true,
  resources: [{ accountId: "444455556666", type: "AWS::KMS::Key", ARN: keyArn }],
  eventType: "AwsApiCall",
};
const event = {
  eventId: "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
  eventTime: "2026-11-20T12:00:00Z",
  eventSource: "kms.amazonaws.com",
  eventName: "GenerateDataKey",
  userArn,
  invokedBy: "backup.amazonaws.com",
  keyArn,
  encryptionContext: { "aws:backup:backup-vault": "prod-vault" },
};
const looked = { EventId: record.eventID, EventName: record.eventName, CloudTrailEvent: JSON.stringify(record) };

describe("CloudTrail's events", () => {
  const forms: Record<string, string> = {
    "as the console downloads them": JSON.stringify({ Records: [record] }),
    "as the AWS CLI and the API look them up": JSON.stringify({ Events: [looked], NextToken: "more" }, null, 2),
    "as a list of records": JSON.stringify([record]),
    "as a list of what was looked up": JSON.stringify([looked]),
    "as one record": JSON.stringify(record),
    "as one that was looked up": JSON.stringify(looked),
    "one a line, with lines of something else": `2026-11-20 starts\n${JSON.stringify(record)}\n\n`,
    "with a byte order mark": `\uFEFF${JSON.stringify({ Records: [record] })}`,
    "beside records that are none": JSON.stringify({ Records: [null, 5, {}, { eventTime: 5 }, record] }),
  };
  for (const [form, text] of Object.entries(forms)) {
    it(`are read ${form}`, () => {
      expect(parseTrailEvents(text)).to.deep.equal([event]);
    });
  }

  it("keep why a call was refused, and the key that only the message names", () => {
    const errorMessage = `User: ${userArn} is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no resource-based policy allows the kms:Decrypt action`;
    const refused = {
      ...record,
      eventName: "Decrypt",
      errorCode: "AccessDenied",
      errorMessage,
      requestParameters: null,
      resources: undefined,
    };

    expect(parseTrailEvents(JSON.stringify(refused))).to.deep.equal([
      {
        eventId: event.eventId,
        eventTime: event.eventTime,
        eventSource: event.eventSource,
        eventName: "Decrypt",
        errorCode: "AccessDenied",
        errorMessage,
        userArn,
        invokedBy: "backup.amazonaws.com",
        keyArn,
      },
    ]);
  });

  it("of the call itself name the vault, and nobody that invoked it", () => {
    const own = {
      ...record,
      userIdentity: { type: "AssumedRole", arn: userArn },
      eventSource: "backup.amazonaws.com",
      eventName: "CreateBackupVault",
      sourceIPAddress: "192.0.2.7",
      requestParameters: { backupVaultName: "prod-vault" },
      resources: null,
    };

    const [told] = parseTrailEvents(JSON.stringify(own));

    expect(told).to.include({ backupVaultName: "prod-vault", eventName: "CreateBackupVault" });
    expect(told).to.not.have.any.keys("invokedBy", "keyArn", "encryptionContext");
  });

  it("may be none where a lookup found none", () => {
    expect(parseTrailEvents('{"Events":[]}')).to.deep.equal([]);
    expect(parseTrailEvents('{"Records":[]}')).to.deep.equal([]);
  });

  for (const text of ["", "not json", "{}", "5", '{"Records":5}', '{"Events":[{"CloudTrailEvent":"{"}]}']) {
    it(`are expected, and ${JSON.stringify(text)} is refused as none`, () => {
      expect(() => parseTrailEvents(text)).to.throw(TrailFormatError, "Records");
    });
  }
});
