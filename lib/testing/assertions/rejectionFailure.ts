import { BackupVaultAccessDeniedError } from "../../client/BackupVaultAccessDeniedError.js";
import { isDenial } from "../../denial/isDenial.js";
import type { Layer } from "../../facts/layers.js";
import { printable } from "../../report/printable.js";
import { blockedClaim } from "./blockedClaim.js";
import type { ExpectedBlocker } from "./ExpectedBlocker.js";
import { failureOf } from "./failureOf.js";

/** How a refused creation is expected to be explained; what is left out is not looked at. */
export interface ExpectedRejection extends ExpectedBlocker {
  layer?: Layer | undefined;
}

/** How a promise ended. */
export type Settled = { status: "fulfilled" } | { status: "rejected"; reason: unknown };

/** Why the assertion that a creation is refused and diagnosed fails; null where it holds. */
export function rejectionFailure(settled: Settled, expected: ExpectedRejection, negated: boolean): string | null {
  const { layer, allowInconclusive = false, ...traits } = expected;
  const claim = blockedClaim(layer ?? null, traits);
  const isAny = layer === undefined && Object.values(traits).every((trait) => trait === undefined);
  if (settled.status === "fulfilled") {
    return negated ? null : `Expected creating the vault to be refused and ${claim.text.slice(3)}, but it was created.`;
  }
  const { reason } = settled;
  if (!BackupVaultAccessDeniedError.isInstance(reason)) return foreignError(reason);
  // That it was refused needs no diagnosis: it was seen.
  if (isAny && !negated) return null;
  if (isAny) return `Expected creating the vault not to be refused, but it was: ${printable(reason.message)}`;
  return failureOf(claim, reason.diagnosis, { negated, allowInconclusive });
}

function foreignError(reason: unknown): string {
  const said = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  return isDenial(reason)
    ? `AWS refused creating the vault, but the refusal was not diagnosed: send with a client of backup-vault-access/client-backup, with the plugin, or by createBackupVault. It said: ${printable(said)}`
    : `Creating the vault failed with another error than a refusal: ${printable(said)}`;
}
