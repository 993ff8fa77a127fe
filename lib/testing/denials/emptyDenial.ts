import type { BackupServiceException } from "@aws-sdk/client-backup";
import { accessDenied } from "./accessDenied.js";

/**
 * A refusal whose body has no message, which the SDK for JavaScript makes "UnknownError".
 *
 * @see https://github.com/lgallard/terraform-aws-backup/issues/6
 * @example
 * mockClient(BackupClient).on(CreateBackupVaultCommand).rejects(emptyDenial());
 */
export function emptyDenial(): BackupServiceException {
  return accessDenied("UnknownError");
}
