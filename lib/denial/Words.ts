import type { DenialReading } from "./DenialReading.js";

/** AWS's words of one refusal, and where they stand in a squeezed text. */
export interface Words {
  from: number;
  to: number;
  reading: DenialReading;
  /** They say by themselves that a backup vault was to be made. */
  nameVaultCreation: boolean;
}
