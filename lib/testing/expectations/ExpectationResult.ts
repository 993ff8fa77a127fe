import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/** How an expectation went. */
export interface ExpectationResult {
  /** Its place in the list, from 0. */
  index: number;
  name: string;
  expectation: VaultAccessExpectation;
  /** Whether it was met; inconclusive where that cannot be known. */
  status: "met" | "not-met" | "inconclusive";
  /** Why it was not met, with the diagnosis as text; null where it was. */
  failure: string | null;
  diagnosis: Diagnosis;
  milliseconds: number;
}
