import { BackupVaultAccessDeniedError } from "../../client/BackupVaultAccessDeniedError.js";
import type { Diagnosis } from "../../diagnosis/Diagnosis.js";

/** What assertions are about: a diagnosis, the error that carries one, or a promise of a diagnosis. */
export type VaultAccess = Diagnosis | BackupVaultAccessDeniedError | PromiseLike<Diagnosis>;

/**
 * The diagnosis of what an assertion was given.
 *
 * @throws TypeError where it is none
 */
export function diagnosisOf(subject: unknown): Diagnosis {
  if (BackupVaultAccessDeniedError.isInstance(subject)) return subject.diagnosis;
  if (isDiagnosis(subject)) return subject;
  const found = subject === null ? "null" : Array.isArray(subject) ? "an array" : typeof subject;
  throw new TypeError(
    `expected a Diagnosis (of diagnose or checkBackupVaultAccess), a promise of one or a BackupVaultAccessDeniedError, found ${found}`,
  );
}

function isDiagnosis(value: unknown): value is Diagnosis {
  return typeof value === "object" && value !== null && "diagnosisVersion" in value && "outcome" in value;
}
