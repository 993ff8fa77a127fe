import type { Layer } from "../../facts/layers.js";
import { allowedClaim } from "./allowedClaim.js";
import { blockedClaim } from "./blockedClaim.js";
import type { Claim } from "./Claim.js";
import { checkAssertion, checkLayer } from "./checkAssertion.js";
import { diagnosisOf } from "./diagnosisOf.js";
import type { AssertionOptions, ExpectedBlocker } from "./ExpectedBlocker.js";
import { failureOf } from "./failureOf.js";
import { type ExpectedRejection, rejectionFailure } from "./rejectionFailure.js";
import { isPromise, settled } from "./settled.js";

/** As much of chai as the plugin needs, so that nobody without chai's types misses them. */
export interface ChaiLike {
  Assertion: { addMethod(name: string, method: (this: object, ...args: unknown[]) => unknown): void };
  AssertionError: new (message: string) => Error;
}

export interface ChaiUtilsLike {
  flag: (assertion: object, key: string) => unknown;
}

declare global {
  namespace Chai {
    interface Assertion {
      /**
       * The subject, a diagnosis or a promise of one, says that the vault may be created. Await it.
       *
       * @example
       * await expect(checkBackupVaultAccess({ backupVaultName: "prod-vault" })).to.allowCreatingBackupVault();
       */
      allowCreatingBackupVault(options?: AssertionOptions): Promise<void>;
      /**
       * The subject, a diagnosis, the error with one or a promise of one, says that this layer blocks. Await it.
       *
       * @example
       * await expect(access).to.be.blockedBy("service-control-policy", { sid: "NoVaults" });
       */
      blockedBy(layer: Layer, expected?: ExpectedBlocker): Promise<void>;
      /**
       * The subject, the promise of a creation, is refused with a diagnosis that says so. Await it.
       *
       * @example
       * await expect(client.send(command)).to.be.rejectedByVaultAccess({ layer: "key-policy" });
       */
      rejectedByVaultAccess(expected?: ExpectedRejection): Promise<void>;
    }
  }
}

/**
 * Chai assertions on who may create a backup vault: `allowCreatingBackupVault`, `blockedBy` and `rejectedByVaultAccess`,
 * each with `not`. They take a diagnosis or a promise of one, so they work live and offline, and wherever chai does (mocha,
 * Vitest). A failing one prints the diagnosis. An inconclusive diagnosis satisfies neither an assertion nor its negation.
 *
 * @param defaults what every assertion's options are, where it says nothing else
 * @throws InvalidRequestError where an option is not known
 * @example
 * import { expect, use } from "chai";
 * use(backupVaultAccess());
 * await expect(checkBackupVaultAccess({ backupVaultName: "prod-vault" })).to.allowCreatingBackupVault();
 */
export function backupVaultAccess(defaults: AssertionOptions = {}): (chai: ChaiLike, utils: ChaiUtilsLike) => void {
  checkAssertion("allowCreatingBackupVault", defaults);
  return ({ Assertion, AssertionError }, { flag }) => {
    const failWith = (assertion: object, failure: string | null) => {
      if (failure === null) return;
      const message = flag(assertion, "message");
      throw new AssertionError(typeof message === "string" ? `${message}: ${failure}` : failure);
    };
    const assertClaim = (assertion: object, claim: Claim, options: AssertionOptions): Promise<void> => {
      const check = (subject: unknown) =>
        failWith(
          assertion,
          failureOf(claim, diagnosisOf(subject), {
            negated: flag(assertion, "negate") === true,
            allowInconclusive: options.allowInconclusive ?? defaults.allowInconclusive ?? false,
          }),
        );
      const subject = flag(assertion, "object");
      if (isPromise(subject)) return Promise.resolve(subject).then(check);
      // At once: a failure must not get lost where nobody awaits what needs no waiting.
      check(subject);
      return Promise.resolve();
    };

    Assertion.addMethod("allowCreatingBackupVault", function (given = {}) {
      const options = given as AssertionOptions;
      checkAssertion("allowCreatingBackupVault", options);
      return assertClaim(this, allowedClaim, options);
    });
    Assertion.addMethod("blockedBy", function (layer, given = {}) {
      const expected = given as ExpectedBlocker;
      checkLayer(layer);
      checkAssertion("blockedBy", expected);
      return assertClaim(this, blockedClaim(layer, expected), expected);
    });
    Assertion.addMethod("rejectedByVaultAccess", async function (given = {}) {
      const expected = given as ExpectedRejection;
      checkAssertion("rejectedByVaultAccess", expected);
      const ended = await settled(flag(this, "object"));
      const { allowInconclusive = defaults.allowInconclusive } = expected;
      failWith(this, rejectionFailure(ended, { ...expected, allowInconclusive }, flag(this, "negate") === true));
    });
  };
}
