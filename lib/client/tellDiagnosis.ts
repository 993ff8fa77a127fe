import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";

/** Tells the hook; a hook that fails, at once or later, changes nothing. */
export function tellDiagnosis(onDiagnosis: DiagnosisOptions["onDiagnosis"], diagnosis: Diagnosis): void {
  try {
    const told: unknown = onDiagnosis?.(diagnosis);
    if (told instanceof Promise) told.catch(() => undefined);
  } catch {
    // A second failure must not mask the first.
  }
}
