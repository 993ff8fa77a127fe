import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import { failureOf } from "../assertions/failureOf.js";
import { claimOf } from "./claimOf.js";
import type { ExpectationResult } from "./ExpectationResult.js";
import { titleOf } from "./titleOf.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/** Whether a diagnosis meets an expectation, and if not, why not. */
export function resultOf(
  expectation: VaultAccessExpectation,
  diagnosis: Diagnosis,
): Pick<ExpectationResult, "name" | "expectation" | "diagnosis" | "status" | "failure"> {
  const claim = claimOf(expectation);
  const { allowInconclusive = false } = expectation;
  const failure = failureOf(claim, diagnosis, { allowInconclusive });
  const isUnknown = claim.holds(diagnosis) === "unknown";
  const status = failure === null ? "met" : isUnknown ? "inconclusive" : "not-met";
  return { name: titleOf(expectation), expectation, diagnosis, status, failure };
}
