import type { Evidence } from "../../lib/snapshot/Evidence.js";
import type { Grant, Key, Organization, Snapshot } from "../../lib/snapshot/Snapshot.js";
import type { Filling } from "./Filling.js";
import { known } from "./known.js";
import { listOf } from "./listOf.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import { readDocument } from "./readDocument.js";

/** The key of the vault with nothing left open. */
export interface KeyAskedFor {
  /** False: an ARN was given, and no such key exists. */
  exists: boolean;
  arn: string;
  accountId: string;
  isManagedByAws: boolean;
  policy: PolicyDocument | null;
  grants: Grant[];
  /** False: the owner is known to be in no organization. */
  ownerHasOrganization: boolean;
  organization: Organization | null;
  read: Key | null;
}

export function keyAskedFor(snapshot: Snapshot, filling: Filling): KeyAskedFor {
  const { request, organization } = snapshot;
  const evidence: Evidence<Key> = snapshot.key;
  // What was not read of alias/aws/backup is as published, whatever else could be thought of (specification, rule 6).
  const byDefault = request.encryptionKeyArn === null;
  const key =
    evidence.status === "read"
      ? evidence.value
      : evidence.status === "none" || byDefault
        ? null
        : (filling.key ?? null);
  const given = request.encryptionKeyArn;
  // An alias names no key; which one it is for is as unknown as that of alias/aws/backup.
  const isNamed = given !== null && !/:alias\//.test(given);
  const arn = key?.arn ?? (isNamed ? given : null) ?? filling.keyArn ?? unreadKeyArn(snapshot);
  const accountId = key?.accountId ?? arn.split(":")[4] ?? request.accountId;
  const ownersOrganization: Evidence<Organization> =
    key?.organization ?? (accountId === request.accountId ? organization : { status: "notRead" });
  const policy = known(key?.policy, byDefault ? null : filling.keyPolicy);
  const read = policy === null ? null : readDocument(policy.document, true);
  const filled = byDefault ? null : (filling.document ?? null);
  return {
    exists: key !== null || byDefault,
    arn,
    accountId,
    isManagedByAws: key?.manager === "AWS" || (byDefault && key?.manager !== "CUSTOMER"),
    policy:
      read === null || (!read.isWhole && policy?.document === null && byDefault)
        ? byDefault
          ? publishedPolicy(snapshot)
          : null
        : read.isWhole || filled === null
          ? read.document
          : joined(read.document, readDocument(filled).document),
    grants: known(key?.grants, filling.grants ?? []) ?? [],
    ownerHasOrganization: ownersOrganization.status !== "none",
    organization: known(ownersOrganization, filling.organization) ?? null,
    read: key,
  };
}

function unreadKeyArn({ request: { partition, region, accountId, encryptionKeyArn } }: Snapshot): string {
  if (encryptionKeyArn !== null)
    return encryptionKeyArn.replace(/alias\/.*$/, "key/00000000-0000-4000-8000-000000000000");
  return `arn:${partition}:kms:${region}:${accountId}:key/00000000-0000-4000-8000-000000000000`;
}

/** Both documents' statements in one. */
function joined(one: PolicyDocument, other: PolicyDocument): PolicyDocument {
  return { ...one, Statement: [...listOf(one.Statement), ...listOf(other.Statement)] };
}

/** The policy of alias/aws/backup as several accounts published it (aws-behaviour, backup-key-policy). */
function publishedPolicy({ request: { partition, region, accountId } }: Snapshot): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: {
          StringEquals: { "kms:CallerAccount": accountId, "kms:ViaService": `backup.${region}.amazonaws.com` },
        },
      },
      {
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
        Resource: "*",
      },
    ],
  };
}
