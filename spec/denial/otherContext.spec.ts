import { expect } from "chai";
import { readDenials } from "../../lib/denial/readDenials.js";

const caller = "arn:aws:sts::444455556666:assumed-role/Deployer/ci-run-1";
const keyId = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** What a record of a forwarded call of KMS, with this key in its encryption context, is taken for. */
function taken(eventName: string, parameters: object): string[] {
  const event = {
    eventSource: "kms.amazonaws.com",
    eventName,
    sourceIPAddress: "backup.amazonaws.com",
    userIdentity: { arn: caller, invokedBy: "backup.amazonaws.com" },
    errorCode: "AccessDenied",
    errorMessage: `User: ${caller} is not authorized to perform: kms:${eventName} on resource: ${keyId} because no resource-based policy allows the kms:${eventName} action`,
    requestParameters: { keyId, ...parameters },
  };
  return readDenials(JSON.stringify(event)).denials.map(({ ofVaultCreation }) => ofVaultCreation);
}

describe("A record of a forwarded call of KMS", () => {
  for (const name of [
    "aws:elasticfilesystem:filesystem:id",
    "aws:redshift:arn",
    "aws:fsx:file-system-id",
    "SecretARN",
    "aws:backup:backup-vault-of-another",
  ]) {
    it(`is another service's where its encryption context has ${name} alone`, () => {
      expect(taken("CreateGrant", { constraints: { encryptionContextSubset: { [name]: "x" } } })).to.deep.equal(["no"]);
      expect(taken("Decrypt", { encryptionContext: { [name]: "x" } })).to.deep.equal(["no"]);
    });
  }

  it("may be the vault's where its encryption context names a vault, or where it has none", () => {
    const context = { "aws:backup:backup-vault": "x" };

    expect(taken("CreateGrant", { constraints: { encryptionContextSubset: context } })).to.deep.equal(["open"]);
    expect(taken("Decrypt", { encryptionContext: context })).to.deep.equal(["open"]);
    expect(taken("DescribeKey", {})).to.deep.equal(["open"]);
  });
});
