import type { InferOutput } from "valibot";
import type { expectationSchema } from "./expectationSchema.js";

/**
 * That a principal may create a vault, or is stopped by a layer.
 *
 * @example
 * const expectation: VaultAccessExpectation = {
 *   principal: "arn:aws:iam::111122223333:role/Intern",
 *   vault: "prod-vault",
 *   expect: { blockedBy: "service-control-policy", statement: "NoVaults" },
 * };
 */
export type VaultAccessExpectation = InferOutput<typeof expectationSchema>;
