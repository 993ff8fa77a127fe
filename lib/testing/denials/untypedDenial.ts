import type { BackupServiceException } from "@aws-sdk/client-backup";
import { accessDenied } from "./accessDenied.js";

/**
 * A 403 without type and message, as a gateway in between answers; the SDK names it "Unknown".
 *
 * @example
 * mockClient(BackupClient).on(CreateBackupVaultCommand).rejects(untypedDenial());
 */
export function untypedDenial(): BackupServiceException {
  return accessDenied("UnknownError", "Unknown");
}
