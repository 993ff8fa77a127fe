import { isAnyKeyArn, parseArn } from "../facts/arn.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Key, Organization, Snapshot } from "../snapshot/Snapshot.js";

/** What is known of the key that the vault would be encrypted with, whether it was read or not. */
export interface KnownKey {
  /** The key's own ARN, never an alias's; null where it is not known. */
  arn: string | null;
  accountId: string;
  region: string;
  /** The AWS managed key: said by KMS, or because no key ARN was given. */
  isAwsManaged: boolean;
  /** No key ARN was given, so the vault is encrypted with alias/aws/backup. */
  isDefault: boolean;
  /** An alias's ARN was given. */
  isByAlias: boolean;
  /** A key ARN was given, and there is no such key. */
  isMissing: boolean;
  /** Its ARN is that of any key: it will be made, or only the apply tells which it is. */
  isPlanned: boolean;
  /** The key is in the caller's account. */
  isOwn: boolean;
  /** Only the apply tells which key it is, and with it whose. */
  isOwnerUnknown: boolean;
  read: Key | null;
  organization: Evidence<Organization>;
}

/** Puts together what the request and the evidence tell of the key. */
export function knownKey({ request, key, organization }: Pick<Snapshot, "request" | "key" | "organization">): KnownKey {
  const read = key.status === "read" ? key.value : null;
  const given = request.encryptionKeyArn === null ? null : parseArn(request.encryptionKeyArn);
  const isPlanned = isAnyKeyArn(request.encryptionKeyArn);
  const isByAlias = given?.resource.startsWith("alias/") === true;
  const known = isPlanned ? null : isKeyArn(read?.arn) ? read.arn : isByAlias ? null : request.encryptionKeyArn;
  const accountId = read?.accountId ?? given?.accountId ?? request.accountId;
  const isOwn = accountId === request.accountId;
  const isDefault = request.encryptionKeyArn === null;
  const isOwnerUnknown = isPlanned && read === null;
  return {
    arn: known,
    accountId,
    region: given?.region ?? (known === null ? undefined : parseArn(known)?.region) ?? request.region,
    isAwsManaged: (read?.manager ?? (isDefault ? "AWS" : "CUSTOMER")) === "AWS",
    isDefault,
    isByAlias,
    isPlanned,
    isMissing: key.status === "none" && !isDefault,
    isOwn,
    isOwnerUnknown,
    read,
    organization: read?.organization ?? (isOwn && !isOwnerUnknown ? organization : { status: "notRead" }),
  };
}

function isKeyArn(arn: string | undefined): arn is string {
  return arn !== undefined && parseArn(arn)?.resource.startsWith("alias/") !== true;
}
