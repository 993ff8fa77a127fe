import pLimit from "p-limit";
import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import type { ExpectationResult } from "./ExpectationResult.js";
import { resultOf } from "./resultOf.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

interface Running {
  /** Diagnoses what an expectation is about. */
  check: (expectation: VaultAccessExpectation) => Promise<Diagnosis>;
  /** How many run at a time. Default: 4. */
  parallel?: number;
  /** Told of each result as it comes, which need not be in order. */
  onResult?: (result: ExpectationResult) => void;
}

/**
 * Runs expectations side by side; the results come in the expectations' order.
 *
 * @throws what the check throws (rejects)
 */
export async function runExpectations(
  expectations: readonly VaultAccessExpectation[],
  { check, parallel = 4, onResult }: Running,
): Promise<ExpectationResult[]> {
  const limit = pLimit(parallel);
  return Promise.all(
    expectations.map((expectation, index) =>
      limit(async () => {
        const started = performance.now();
        const diagnosis = await check(expectation);
        const result = {
          index,
          ...resultOf(expectation, diagnosis),
          milliseconds: Math.round(performance.now() - started),
        };
        onResult?.(result);
        return result;
      }),
    ),
  );
}
