import { BackupServiceException } from "@aws-sdk/client-backup";
import type { Emulator } from "../../lib/emulator/index.js";
import type { EvidenceOptions } from "../../lib/index.js";
import { allow, keyArn, memberWorld } from "../emulator/worlds.js";

/** A vault whose creation the worlds below refuse. */
export const input = { BackupVaultName: "prod-vault", EncryptionKeyArn: keyArn };

/** What CreateBackupVault says where MountCapsule or one of the KMS actions is refused. */
export const opaque =
  "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.";

/** The caller's identity policy lacks backup-storage:MountCapsule. */
export const lacksMountCapsule = () => memberWorld({ identity: allow("backup:*", "kms:*") });

/** A denial as the SDK throws it. */
export function accessDenied(message = opaque): BackupServiceException {
  return new BackupServiceException({
    name: "AccessDeniedException",
    $fault: "client",
    $metadata: { httpStatusCode: 403, requestId: "1c2b3a4d-0000-4000-8000-000000000000" },
    message,
  });
}

/** Evidence read from the emulator, by its auditor. */
export function evidenceFrom({ url, auditor }: Emulator): EvidenceOptions {
  return { endpoints: { iam: url, sts: url, kms: url, organizations: url, cloudtrail: url }, credentials: auditor };
}

/** What a call was rejected with, the very object; throws where it succeeded. */
export async function rejection(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("The call succeeded, but was expected to fail.");
}

/** Which operations the emulator was asked for, as "iam:GetRole". */
export function asked({ requests }: Emulator): string[] {
  return requests.map(({ service, operation }) => `${service}:${operation}`);
}
