import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import { expect } from "chai";
import { failureOf, served } from "./served.js";
import { accountId, keyArn, memberWorld } from "./worlds.js";

/*
 * What live KMS was recorded to answer: LocalStack's AWS-validated tests, tests/aws/services/kms/test_kms.snapshot.json
 * @0d476833 (aws-behaviour, kms-answers).
 */

const inKms = (use: (kms: KMSClient) => Promise<void>) =>
  served({ world: memberWorld() }, (emulator) => use(new KMSClient({ ...emulator.clientConfig(), maxAttempts: 1 })));
const made = async (
  kms: KMSClient,
  KeySpec: "RSA_2048" | "ECC_NIST_P256" | "HMAC_256",
  KeyUsage: "SIGN_VERIFY" | "GENERATE_VERIFY_MAC",
) => (await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage }))).KeyMetadata;

describe("KMS refuses in the words that were recorded live:", () => {
  const cases: [what: string, send: (kms: KMSClient) => Promise<unknown>, name: string, message: string | RegExp][] = [
    ...["fake-key-id", "134f2428cec14b25a1ae9048164dba47", "mrk-fake-key-id"].map(
      (KeyId): [string, (kms: KMSClient) => Promise<unknown>, string, string] => [
        `an id that none can be: ${KeyId}`,
        (kms) => kms.send(new DescribeKeyCommand({ KeyId })),
        "NotFoundException",
        `Invalid keyId '${KeyId}'`,
      ],
    ),
    [
      "an id of which there is no key",
      (kms) => kms.send(new DescribeKeyCommand({ KeyId: "mrk-d3b95762d3b95762d3b95762d3b95762" })),
      "NotFoundException",
      `Key 'arn:aws:kms:us-west-2:${accountId}:key/mrk-d3b95762d3b95762d3b95762d3b95762' does not exist`,
    ],
    [
      "an alias without its prefix",
      (kms) => kms.send(new CreateAliasCommand({ AliasName: "prod", TargetKeyId: keyArn })),
      "ValidationException",
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
    [
      "a data key of 1,025 bytes",
      (kms) => kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, NumberOfBytes: 1025 })),
      "ValidationException",
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
    ],
    [
      "a usage that there is not",
      (kms) => kms.send(new CreateKeyCommand({ KeySpec: "HMAC_256", KeyUsage: "RANDOM" as never })),
      "ValidationException",
      /^1 validation error detected: Value 'RANDOM' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: /,
    ],
    [
      "to encrypt with a key that signs",
      async (kms) => {
        const key = await made(kms, "RSA_2048", "SIGN_VERIFY");
        await kms.send(new EncryptCommand({ KeyId: key?.KeyId, Plaintext: new Uint8Array(1) }));
      },
      "InvalidKeyUsageException",
      / key usage is SIGN_VERIFY which is not valid for Encrypt\.$/,
    ],
    [
      "to decrypt with a key that signs",
      async (kms) => {
        const key = await made(kms, "RSA_2048", "SIGN_VERIFY");
        const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: keyArn, Plaintext: new Uint8Array(1) }));
        await kms.send(new DecryptCommand({ KeyId: key?.KeyId, CiphertextBlob }));
      },
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    ],
  ];
  for (const [what, send, name, message] of cases) {
    it(what, () =>
      inKms(async (kms) => {
        const failure = await failureOf(send(kms));
        expect(failure).to.include({ name, status: 400 });
        if (typeof message === "string") expect(failure.message).to.equal(message);
        else expect(failure.message).to.match(message);
      }),
    );
  }
});

describe("KMS tells what a key can be used with", () => {
  it("by its kind", () =>
    inKms(async (kms) => {
      expect((await made(kms, "HMAC_256", "GENERATE_VERIFY_MAC"))?.MacAlgorithms).to.deep.equal(["HMAC_SHA_256"]);
      const signing = await made(kms, "ECC_NIST_P256", "SIGN_VERIFY");
      expect(signing?.SigningAlgorithms).to.deep.equal(["ECDSA_SHA_256"]);
      expect(signing).not.to.have.property("EncryptionAlgorithms");
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyArn }));
      expect(KeyMetadata?.EncryptionAlgorithms).to.deep.equal(["SYMMETRIC_DEFAULT"]);
    }));
});
