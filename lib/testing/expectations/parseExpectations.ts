import * as v from "valibot";
import { InvalidRequestError } from "../../options/InvalidRequestError.js";
import { formatIssue } from "../../snapshot/formatIssue.js";
import { expectationsSchema } from "./expectationSchema.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/**
 * Expectations as they were written.
 *
 * @throws InvalidRequestError naming the place, as `expectations[2].expect`, and what was expected there
 */
export function parseExpectations(value: unknown): VaultAccessExpectation[] {
  const parsed = v.safeParse(v.strictObject({ expectations: expectationsSchema }), { expectations: value });
  if (parsed.success) return parsed.output.expectations;
  const { path, expected } = formatIssue(parsed.issues[0]);
  throw new InvalidRequestError(path, expected);
}
