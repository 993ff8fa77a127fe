import type { Diagnosis } from "../diagnosis/Diagnosis.js";

/** The contract's JSON: one Diagnosis, or `{ "diagnoses": [...] }` for several; ends with a newline. */
export function reportJson(diagnoses: readonly Diagnosis[]): string {
  const [only, ...others] = diagnoses;
  return `${JSON.stringify(only !== undefined && others.length === 0 ? only : { diagnoses }, null, 2)}\n`;
}
