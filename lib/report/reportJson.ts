import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { inertJson } from "./inertJson.js";

/** One Diagnosis as JSON, or `{ "diagnoses": [...] }` for several; ends with a newline. */
export function reportJson(diagnoses: readonly Diagnosis[]): string {
  const [only, ...others] = diagnoses;
  return `${inertJson(only !== undefined && others.length === 0 ? only : { diagnoses }, 2)}\n`;
}
