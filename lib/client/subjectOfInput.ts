import type { CreateBackupVaultCommandInput } from "@aws-sdk/client-backup";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";

/**
 * The subject as far as the input of a refused call tells it. AWS has taken the input, whatever it is: only what is text says
 * something. It never throws.
 */
export function subjectOfInput(input: Partial<CreateBackupVaultCommandInput>): Diagnosis["subject"] {
  const told = (member: "BackupVaultName" | "EncryptionKeyArn") => {
    try {
      const value: unknown = input[member];
      return typeof value === "string" ? value : null;
    } catch {
      // A getter of the caller's own.
      return null;
    }
  };
  return {
    operation: "CreateBackupVault",
    principalArn: null,
    callerArn: null,
    accountId: null,
    region: null,
    backupVaultName: told("BackupVaultName"),
    encryptionKeyArn: told("EncryptionKeyArn"),
  };
}
