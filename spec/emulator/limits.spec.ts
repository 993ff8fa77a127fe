import {
  BackupClient,
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  ListBackupVaultsCommand,
  PutBackupVaultLockConfigurationCommand,
} from "@aws-sdk/client-backup";
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateGrantCommand,
  CreateKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
  RetireGrantCommand,
} from "@aws-sdk/client-kms";
import { CreateAccountCommand, ListAccountsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, keyArn, memberWorld } from "./worlds.js";

const long = (length: number) => "x".repeat(length);
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
const wide = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "s3:*",
      Resource: Array.from({ length: 300 }, (_, n) => `arn:aws:s3:::b-${long(30)}${n}`),
    },
  ],
});
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});

const delegating = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: accountId }, Action: "kms:*", Resource: "*" }],
});
const vault = { BackupVaultName: "prod-vault" };

interface Clients {
  iam: IAMClient;
  kms: KMSClient;
  backup: BackupClient;
  organizations: OrganizationsClient;
}

const refused: [what: string, code: string, message: RegExp, send: (clients: Clients) => Promise<unknown>][] = [
  [
    "a user's name of 65 characters",
    "ValidationError",
    /'userName' failed to satisfy constraint: Member must have length less than or equal to 64/,
    ({ iam }) => iam.send(new CreateUserCommand({ UserName: long(65) })),
  ],
  [
    "a description of 1,001 characters",
    "ValidationError",
    /Value 'x{1001}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 1000/,
    ({ iam }) =>
      iam.send(new CreateRoleCommand({ RoleName: "Bob", AssumeRolePolicyDocument: trust, Description: long(1001) })),
  ],
  [
    "a policy of more than 131,072 characters, blanks and all",
    "ValidationError",
    /^1 validation error detected: Value at 'policyDocument' failed .* less than or equal to 131072$/,
    ({ iam }) =>
      iam.send(new CreatePolicyCommand({ PolicyName: "Wide", PolicyDocument: `${wide}${" ".repeat(131_072)}` })),
  ],
  [
    "a key's description of more than 8,192 characters",
    "ValidationException",
    /'description'.* 8192/,
    ({ kms }) => kms.send(new CreateKeyCommand({ Description: long(8193) })),
  ],
  [
    "an account's name of more than 50 characters",
    "InvalidInputException",
    /'accountName'.* 50/,
    ({ organizations }) =>
      organizations.send(new CreateAccountCommand({ AccountName: long(51), Email: "a@example.com" })),
  ],
  [
    "51 tags of a user",
    "ValidationError",
    /50/,
    ({ iam }) => iam.send(new CreateUserCommand({ UserName: "bob", Tags: tags(51) })),
  ],
  [
    "a tag of AWS's own",
    "ValidationError",
    /aws:mine is reserved/,
    ({ iam }) => iam.send(new CreateUserCommand({ UserName: "bob", Tags: [{ Key: "aws:mine", Value: "" }] })),
  ],
  [
    "a tag given twice",
    "InvalidInputException",
    /Duplicate tag keys/,
    ({ iam }) =>
      iam.send(
        new CreateRoleCommand({
          RoleName: "Bob",
          AssumeRolePolicyDocument: trust,
          Tags: [
            { Key: "a", Value: "1" },
            { Key: "a", Value: "2" },
          ],
        }),
      ),
  ],
  [
    "a managed policy of more than 6,144 characters",
    "LimitExceededException",
    /Cannot exceed quota for PolicySize: 6144/,
    ({ iam }) => iam.send(new CreatePolicyCommand({ PolicyName: "Wide", PolicyDocument: wide })),
  ],
  [
    "a trust policy of more than 2,048 characters",
    "LimitExceededException",
    /Cannot exceed quota for ACLSizePerRole: 2048/,
    ({ iam }) =>
      iam.send(
        new CreateRoleCommand({
          RoleName: "Bob",
          AssumeRolePolicyDocument: trust.replace("sts:AssumeRole", `sts:AssumeRole","Sid":"${long(2048)}`),
        }),
      ),
  ],
  [
    "a role's inline policies of more than 10,240 characters",
    "LimitExceededException",
    /Maximum policy size of 10240 bytes exceeded for role Deployer/,
    ({ iam }) => iam.send(new PutRolePolicyCommand({ RoleName: "Deployer", PolicyName: "Wide", PolicyDocument: wide })),
  ],
  [
    "a value of a vault's tag that is too long",
    "InvalidParameterValueException",
    /256/,
    ({ backup }) =>
      backup.send(new CreateBackupVaultCommand({ BackupVaultName: "ab", BackupVaultTags: { a: long(257) } })),
  ],
  [
    "a lock of a thousand years",
    "InvalidParameterValueException",
    /MinRetentionDays must be 1 to 36500 whole days/,
    ({ backup }) => backup.send(new PutBackupVaultLockConfigurationCommand({ ...vault, MinRetentionDays: 365_000 })),
  ],
  [
    "a lock whose longest retention is shorter than its shortest",
    "InvalidParameterValueException",
    /MaxRetentionDays must be 30 to/,
    ({ backup }) =>
      backup.send(new PutBackupVaultLockConfigurationCommand({ ...vault, MinRetentionDays: 30, MaxRetentionDays: 7 })),
  ],
  [
    "a lock that can be changed for more days than there are dates",
    "InvalidParameterValueException",
    /ChangeableForDays must be 3 to/,
    ({ backup }) => backup.send(new PutBackupVaultLockConfigurationCommand({ ...vault, ChangeableForDays: 1e12 })),
  ],
  [
    "a key of one's own for a logically air-gapped vault, which it does not know",
    "InvalidParameterValueException",
    /leave EncryptionKeyArn out/,
    ({ backup }) =>
      backup.send(
        new CreateLogicallyAirGappedBackupVaultCommand({
          BackupVaultName: "gapped",
          MinRetentionDays: 7,
          MaxRetentionDays: 30,
          EncryptionKeyArn: keyArn,
        }),
      ),
  ],
  [
    "a page of 1,001 vaults",
    "InvalidParameterValueException",
    /MaxResults/,
    ({ backup }) => backup.send(new ListBackupVaultsCommand({ MaxResults: 1001 })),
  ],
  [
    "a page of 21 accounts",
    "InvalidInputException",
    /MaxResults/,
    ({ organizations }) => organizations.send(new ListAccountsCommand({ MaxResults: 21 })),
  ],
  [
    "a key policy of more than 32,768 bytes",
    "LimitExceededException",
    /32768 bytes/,
    ({ kms }) => kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: `${delegating}${" ".repeat(32_768)}` })),
  ],
  [
    "more than 4,096 bytes to encrypt",
    "ValidationException",
    /'plaintext'.* 4096/,
    ({ kms }) => kms.send(new EncryptCommand({ KeyId: keyArn, Plaintext: new Uint8Array(4097) })),
  ],
  [
    "a data key of no length",
    "ValidationException",
    /Please specify either number of bytes or key spec/,
    ({ kms }) => kms.send(new GenerateDataKeyCommand({ KeyId: keyArn })),
  ],
  [
    "a data key of two lengths",
    "ValidationException",
    /Please specify either number of bytes or key spec/,
    ({ kms }) => kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: "AES_256", NumberOfBytes: 32 })),
  ],
  [
    "a data key of 1,025 bytes",
    "ValidationException",
    /'numberOfBytes'/,
    ({ kms }) => kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, NumberOfBytes: 1025 })),
  ],
  [
    "a grant of an unknown operation",
    "ValidationException",
    /enum value set/,
    ({ kms }) =>
      kms.send(
        new CreateGrantCommand({
          KeyId: keyArn,
          GranteePrincipal: "arn:aws:iam::444455556666:role/team/Deployer",
          Operations: ["Fly" as never],
        }),
      ),
  ],
  [
    "the retirement of no grant",
    "ValidationException",
    /grant token/,
    ({ kms }) => kms.send(new RetireGrantCommand({})),
  ],
  [
    "an asymmetric key without its usage",
    "ValidationException",
    /You must specify a KeyUsage value/,
    ({ kms }) => kms.send(new CreateKeyCommand({ KeySpec: "RSA_2048" })),
  ],
  [
    "a usage that does not fit the key's spec",
    "ValidationException",
    /not compatible/,
    ({ kms }) => kms.send(new CreateKeyCommand({ KeySpec: "HMAC_256", KeyUsage: "ENCRYPT_DECRYPT" })),
  ],
];

describe("The emulator refuses what the services do:", () => {
  for (const [what, code, message, send] of refused) {
    it(what, () =>
      served({ world: memberWorld() }, async (emulator: Emulator) => {
        const config = { ...emulator.clientConfig(), credentials: emulator.auditor, maxAttempts: 1 };
        const clients = {
          iam: new IAMClient(config),
          kms: new KMSClient(config),
          backup: new BackupClient(config),
          organizations: new OrganizationsClient(config),
        };

        emulator.world.accounts[0]?.vaults.push({
          name: vault.BackupVaultName,
          region: "us-west-2",
          encryptionKeyArn: keyArn,
          creationDate: "2026-01-01T00:00:00Z",
          tags: {},
        });

        const failure = await failureOf(send(clients));

        expect(failure.name).to.equal(code);
        expect(failure.message).to.match(message);
      }),
    );
  }
});
