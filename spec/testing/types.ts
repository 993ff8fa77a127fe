/*
 * Type tests: compiled by `npm run typecheck`, never run. Each @ts-expect-error fails the compilation where the mistake below
 * it is none.
 */
import { type BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect, use } from "chai";
import type { Diagnosis } from "../../lib/index.js";
import {
  assertBackupVaultBlocked,
  backupVaultAccess,
  describeVaultAccess,
  frontDoorDenial,
  sampleSnapshot,
  useEmulator,
  type VaultAccessExpectation,
  vaultAccessDeniedError,
  withBackupVault,
} from "../../lib/testing/index.js";

const command = new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" });

export async function right(access: Promise<Diagnosis>, client: BackupClient) {
  use(backupVaultAccess());
  use(backupVaultAccess({ allowInconclusive: true }));
  await expect(access).to.allowCreatingBackupVault();
  await expect(access).not.to.be.blockedBy("key-policy", { sid: "NoVaults", index: 0, certainty: "confirmed" });
  await expect(client.send(command)).to.be.rejectedByVaultAccess({ layer: "key-state", allowInconclusive: true });
  const arn: string = await withBackupVault(client, {}, ({ BackupVaultArn = "" }) => BackupVaultArn);
  return arn;
}

export async function wrong(access: Promise<Diagnosis>) {
  // @ts-expect-error a misspelt layer
  await expect(access).to.be.blockedBy("service-control-polcy");
  // @ts-expect-error a layer is needed
  await expect(access).to.be.blockedBy();
  // @ts-expect-error a misspelt option
  await expect(access).to.be.blockedBy("key-policy", { sdi: "NoVaults" });
  // @ts-expect-error an effect that there is not
  await expect(access).to.be.blockedBy("key-policy", { effect: "deny" });
  // @ts-expect-error a misspelt option
  await expect(access).to.allowCreatingBackupVault({ allowInconclusve: true });
  // @ts-expect-error a misspelt layer
  await expect(access).to.be.rejectedByVaultAccess({ layer: "scp" });
  // @ts-expect-error the assertion is a promise, with nothing to chain on
  await expect(access).to.allowCreatingBackupVault().and.to.be.blockedBy("key-policy");
  // @ts-expect-error a misspelt option
  backupVaultAccess({ inconclusive: true });
  // @ts-expect-error a misspelt layer
  await assertBackupVaultBlocked(access, "boundary");
  // @ts-expect-error neither a diagnosis nor a promise of one
  await assertBackupVaultBlocked("access", "key-policy");
  // @ts-expect-error a layer that never refuses the vault's own call
  frontDoorDenial({ layer: "key-policy" });
  // @ts-expect-error a misspelt layer
  sampleSnapshot("key");
  // @ts-expect-error a misspelt layer
  vaultAccessDeniedError("key");
  // @ts-expect-error a misspelt option
  useEmulator({ wrld: {} });
  // @ts-expect-error what is expected is missing
  describeVaultAccess([{ vault: "prod-vault" }]);
}

// @ts-expect-error a misspelt layer in data
export const data: VaultAccessExpectation = { vault: "prod-vault", expect: { blockedBy: "idenity-policy" } };
