import type { LiveOptions } from "../../client/LiveOptions.js";
import { newVaultAccessCheck } from "../../client/newVaultAccessCheck.js";
import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import { requestOf } from "./requestOf.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/** Diagnoses expectations live; evidence that several of them share is read once. */
export function newExpectationCheck(options: LiveOptions): (expectation: VaultAccessExpectation) => Promise<Diagnosis> {
  const check = newVaultAccessCheck(options);
  return (expectation) => check(requestOf(expectation), expectation.context);
}
