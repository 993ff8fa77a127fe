import type { Evidence } from "../snapshot/Evidence.js";
import type { Key, Organization, Snapshot } from "../snapshot/Snapshot.js";

/** What is known of the key that the vault would be encrypted with, whether it was read or not. */
export interface KnownKey {
  /** Null: the AWS managed key, whose ARN was not read. */
  arn: string | null;
  accountId: string;
  region: string;
  /** The AWS managed key: said by KMS, or because no key ARN was given. */
  awsManaged: boolean;
  /** No key ARN was given, so the vault is encrypted with alias/aws/backup. */
  isDefault: boolean;
  read: Key | null;
  organization: Evidence<Organization>;
}

/** Puts together what the request and the evidence tell of the key. */
export function keyOf(snapshot: Snapshot): KnownKey {
  const { request, key, organization } = snapshot;
  const read = key.status === "read" ? key.value : null;
  const arn = read?.arn ?? request.encryptionKeyArn;
  const accountId = read?.accountId ?? arn?.split(":")[4] ?? request.accountId;
  const isDefault = request.encryptionKeyArn === null;
  return {
    arn,
    accountId,
    region: (request.encryptionKeyArn ?? arn)?.split(":")[3] ?? request.region,
    awsManaged: read?.manager === "AWS" || (isDefault && read?.manager !== "CUSTOMER"),
    isDefault,
    read,
    organization: read?.organization ?? (accountId === request.accountId ? organization : { status: "notRead" }),
  };
}
