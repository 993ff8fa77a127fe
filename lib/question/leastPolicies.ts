import { requiredActions } from "../facts/actions.js";

/** Where a vault would be made, with which key. */
export interface VaultPlace {
  partition: string;
  region: string;
  accountId: string;
  backupVaultName: string;
  keyArn: string;
}

const kmsActions = requiredActions.filter((action) => action.startsWith("kms:"));

/**
 * The least identity policy of a vault's creator: the seven actions, each on its own resource.
 *
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 */
export function leastCreatorPolicy({ partition, region, accountId, backupVaultName, keyArn }: VaultPlace): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "CreateBackupVault",
        Effect: "Allow",
        Action: "backup:CreateBackupVault",
        Resource: `arn:${partition}:backup:${region}:${accountId}:backup-vault:${backupVaultName}`,
      },
      { Sid: "MountCapsule", Effect: "Allow", Action: "backup-storage:MountCapsule", Resource: "*" },
      { Sid: "UseKeyForBackupVault", Effect: "Allow", Action: kmsActions, Resource: keyArn },
    ],
  };
}

/**
 * The least statement of a key policy for a vault's creator. kms:RetireGrant is not authorised by key policies.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export function leastKeyStatement({ principalArn, region }: { principalArn: string; region: string }): object {
  return {
    Sid: "CreateBackupVault",
    Effect: "Allow",
    Principal: { AWS: principalArn },
    Action: kmsActions.filter((action) => action !== "kms:RetireGrant"),
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": `backup.${region}.amazonaws.com` } },
  };
}
