import type { Policy, Snapshot } from "../snapshot/Snapshot.js";

/**
 * The key policy of alias/aws/backup as several public infrastructure repositories, which imported it, show it alike
 * (AWS does not publish it). It stands in where the key was not read, because nobody can edit it.
 */
export function publishedKeyPolicy({ request }: Snapshot): Policy {
  const { partition, accountId, region } = request;
  return {
    name: "default",
    document: {
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
    },
  };
}
