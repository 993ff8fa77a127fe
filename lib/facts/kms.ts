import { rootArn } from "./arn.js";

/** The operations of KMS that AWS Backup calls with an encryption context. */
const createAndUse = ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"] as const;
const use = ["kms:Decrypt", "kms:GenerateDataKey"] as const;

/** Actions that need a key in a usable state; DescribeKey and RetireGrant always succeed. */
export const stateBoundActions: ReadonlySet<string> = new Set(createAndUse);

/**
 * Which actions KMS refuses in each state of a key (aws-behaviour, key-state).
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export const refusedInState: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["Creating", new Set<string>(createAndUse)],
  ["Disabled", new Set<string>(createAndUse)],
  ["PendingImport", new Set<string>(createAndUse)],
  ["PendingDeletion", new Set<string>(createAndUse)],
  ["PendingReplicaDeletion", new Set<string>(createAndUse)],
  ["Unavailable", new Set<string>(use)],
  ["Enabled", new Set<string>()],
  ["Updating", new Set<string>()],
]);

/**
 * The one kind of key that AWS Backup takes.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
 */
export const fittingKey = { keySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT" } as const;

/**
 * The AWS managed key's attributes.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export const awsManagedKey = {
  alias: "alias/aws/backup",
  origin: "AWS_KMS",
  keySpec: "SYMMETRIC_DEFAULT",
  keyUsage: "ENCRYPT_DECRYPT",
  multiRegion: false,
} as const;

/**
 * The encryption context key of a vault's forwarded calls (aws-behaviour, forwarded-encryption-context).
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export const vaultContextKey = "aws:backup:backup-vault";

/** The service by which AWS Backup forwards, as aws:CalledVia names it (aws-behaviour, forwarded-called-via). */
export const backupServicePrincipal = "backup.amazonaws.com";

/**
 * kms:ViaService of forwarded calls.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(region: string): string {
  return `backup.${region}.amazonaws.com`;
}

/**
 * The key policy of alias/aws/backup as several public infrastructure repositories, which imported it, show it alike
 * (AWS does not publish it: aws-behaviour, backup-key-policy). Nobody can edit it.
 */
export function publishedKeyPolicy(place: { partition: string; accountId: string; region: string }) {
  const { partition, accountId, region } = place;
  return {
    Version: "2012-10-17",
    Id: "auto-backup-1",
    Statement: [
      {
        Sid: "Allow access through Backup for all principals in the account that are authorized to use Backup Storage",
        Effect: "Allow" as const,
        Principal: { AWS: "*" },
        Action: ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "kms:CallerAccount": accountId, "kms:ViaService": viaService(region) } },
      },
      {
        Sid: "Allow direct access to key metadata to the account",
        Effect: "Allow" as const,
        Principal: { AWS: rootArn(partition, accountId) },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
        Resource: "*",
      },
    ],
  };
}

/**
 * The policy that KMS gives a key which is made without one.
 *
 * @param account the account's root ARN, or what stands for it where the account is not known
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function policyOfNewKey<Account>(account: Account) {
  return {
    Version: "2012-10-17" as const,
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow" as const,
        Principal: { AWS: account },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  };
}

/** The operations that a grant can permit. @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations */
export const grantableOperations: ReadonlySet<string> = new Set([
  "Decrypt",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
  "Sign",
  "Verify",
  "GetPublicKey",
  "CreateGrant",
  "RetireGrant",
  "DescribeKey",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
  "GenerateMac",
  "VerifyMac",
  "DeriveSharedSecret",
]);
