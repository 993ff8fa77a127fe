import { AssertionError } from "node:assert";
import type { Layer } from "../../facts/layers.js";
import { allowedClaim } from "./allowedClaim.js";
import { blockedClaim } from "./blockedClaim.js";
import type { Claim } from "./Claim.js";
import { checkAssertion, checkLayer } from "./checkAssertion.js";
import { diagnosisOf, type VaultAccess } from "./diagnosisOf.js";
import type { AssertionOptions, ExpectedBlocker } from "./ExpectedBlocker.js";
import { failureOf } from "./failureOf.js";
import { type ExpectedRejection, rejectionFailure } from "./rejectionFailure.js";
import { settled } from "./settled.js";

/*
 * The assertions as plain functions, for test runners without chai (node:test, Jest). Each rejects with node:assert's
 * AssertionError, whose message is the diagnosis as text.
 */

/**
 * Asserts that the vault could be created.
 *
 * @throws AssertionError (rejects) where it could not, or where that cannot be known
 * @example
 * await assertBackupVaultAllowed(checkBackupVaultAccess({ backupVaultName: "prod-vault" }));
 */
export async function assertBackupVaultAllowed(access: VaultAccess, options: AssertionOptions = {}): Promise<void> {
  checkAssertion("allowCreatingBackupVault", options);
  await assertClaim(access, allowedClaim, options);
}

/**
 * Asserts that this layer blocks.
 *
 * @throws AssertionError (rejects) where it does not, or where that cannot be known
 * @throws InvalidRequestError (rejects) where the layer or an option is not known
 * @example
 * await assertBackupVaultBlocked(access, "service-control-policy", { sid: "NoVaults" });
 */
export async function assertBackupVaultBlocked(
  access: VaultAccess,
  layer: Layer,
  expected: ExpectedBlocker = {},
): Promise<void> {
  checkLayer(layer);
  checkAssertion("blockedBy", expected);
  await assertClaim(access, blockedClaim(layer, expected), expected);
}

/**
 * Asserts that a creation is refused with a diagnosis.
 *
 * @throws AssertionError (rejects) where it succeeds, fails otherwise, or is explained otherwise
 * @example
 * await assertBackupVaultRejected(client.send(command), { layer: "key-policy" });
 */
export async function assertBackupVaultRejected(
  call: PromiseLike<unknown>,
  expected: ExpectedRejection = {},
): Promise<void> {
  checkAssertion("rejectedByVaultAccess", expected);
  failWith(rejectionFailure(await settled(call), expected, false));
}

async function assertClaim(access: VaultAccess, claim: Claim, options: AssertionOptions): Promise<void> {
  failWith(failureOf(claim, diagnosisOf(await access), options));
}

function failWith(failure: string | null): void {
  if (failure !== null) throw new AssertionError({ message: failure });
}
