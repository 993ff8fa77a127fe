import { AssertionError } from "node:assert";
import type { LiveOptions } from "../../client/LiveOptions.js";
import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import { fields, that } from "../../options/fieldRule.js";
import { runnerOf, type TestDeclarer } from "../emulator/TestRunner.js";
import { newExpectationCheck } from "./newExpectationCheck.js";
import { parseExpectations } from "./parseExpectations.js";
import { resultOf } from "./resultOf.js";
import { titleOf } from "./titleOf.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/** Options of {@link describeVaultAccess}. */
export interface DescribeVaultAccessOptions {
  /** The suite's title. Default: "Who may create backup vaults". */
  title?: string | undefined;
  /**
   * As whom and where the evidence is read. A function is asked anew by each test, as where an emulator gives each a fresh
   * world, and nothing is then shared.
   */
  live?: (LiveOptions | (() => LiveOptions)) | undefined;
  /** How an expectation is diagnosed, as offline from a snapshot. Default: live. */
  check?: ((expectation: VaultAccessExpectation) => Diagnosis | Promise<Diagnosis>) | undefined;
  /** `describe` and `it` of a runner without globals, as Vitest's. Default: the globals. */
  runner?: TestDeclarer | undefined;
}

const checkDescribe = fields({
  title: that((value) => typeof value === "string", "a text"),
  live: that(
    (value) => typeof value === "function" || (typeof value === "object" && value !== null),
    "options or a function",
  ),
  check: that((value) => typeof value === "function", "a function"),
  runner: that((value) => typeof value === "object" && value !== null, "{ describe, it }"),
});

/**
 * Makes one test of each expectation; a failing one prints the diagnosis. Evidence that several share is read once, unless
 * `live` is a function.
 *
 * @throws InvalidRequestError where an expectation or an option is not as it must be, before any test is made
 * @example
 * describeVaultAccess([
 *   { principal: "arn:aws:iam::111122223333:role/Deployer", vault: "prod-vault", expect: "allowed" },
 *   { principal: "arn:aws:iam::111122223333:role/Intern", vault: "prod-vault", expect: { blockedBy: "identity-policy" } },
 * ]);
 */
export function describeVaultAccess(
  expectations: readonly VaultAccessExpectation[],
  options: DescribeVaultAccessOptions = {},
): void {
  const checked = parseExpectations(expectations);
  checkDescribe(options, "options");
  const { describe, it } = runnerOf<TestDeclarer>(options.runner, ["describe", "it"]);
  const { check, live = {} } = options;
  const shared = typeof live === "function" ? null : newExpectationCheck(live);
  const diagnose = async (expectation: VaultAccessExpectation): Promise<Diagnosis> => {
    if (check !== undefined) return check(expectation);
    return (shared ?? newExpectationCheck(typeof live === "function" ? live() : live))(expectation);
  };
  describe(options.title ?? "Who may create backup vaults", () => {
    for (const expectation of checked) {
      it(titleOf(expectation), async () => {
        const { failure } = resultOf(expectation, await diagnose(expectation));
        if (failure !== null) throw new AssertionError({ message: failure });
      });
    }
  });
}
