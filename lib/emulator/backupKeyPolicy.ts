import type { PolicyDocument } from "../policy/PolicyDocument.js";

/**
 * The key policy of alias/aws/backup as several public infrastructure repositories, which imported it, show it alike;
 * AWS does not publish it.
 */
export function backupKeyPolicy(partition: string, accountId: string, region: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Id: "auto-backup-1",
    Statement: [
      {
        Sid: "Allow access through Backup for all principals in the account that are authorized to use Backup Storage",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: {
          StringEquals: { "kms:CallerAccount": accountId, "kms:ViaService": `backup.${region}.amazonaws.com` },
        },
      },
      {
        Sid: "Allow direct access to key metadata to the account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
        Resource: "*",
      },
    ],
  };
}
