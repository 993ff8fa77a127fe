export {
  assertBackupVaultAllowed,
  assertBackupVaultBlocked,
  assertBackupVaultRejected,
} from "./assertions/assertBackupVault.js";
export { backupVaultAccess } from "./assertions/backupVaultAccess.js";
export type { VaultAccess } from "./assertions/diagnosisOf.js";
export type { AssertionOptions, ExpectedBlocker } from "./assertions/ExpectedBlocker.js";
export type { ExpectedRejection } from "./assertions/rejectionFailure.js";
export { emptyDenial } from "./denials/emptyDenial.js";
export { type FrontDoorDenialOptions, frontDoorDenial } from "./denials/frontDoorDenial.js";
export { opaqueDenial } from "./denials/opaqueDenial.js";
export { proxyPageDenial } from "./denials/proxyPageDenial.js";
export { sampleSnapshot } from "./denials/sampleSnapshot.js";
export { untypedDenial } from "./denials/untypedDenial.js";
export { vaultAccessDeniedError } from "./denials/vaultAccessDeniedError.js";
export { type EmulatorRootHooks, emulatorRootHooks } from "./emulator/emulatorRootHooks.js";
export { evidenceFrom } from "./emulator/evidenceFrom.js";
export { liveOptionsFor } from "./emulator/liveOptionsFor.js";
export type { TestDeclarer, TestRunner } from "./emulator/TestRunner.js";
export { type UseEmulatorOptions, useEmulator } from "./emulator/useEmulator.js";
export { type DescribeVaultAccessOptions, describeVaultAccess } from "./expectations/describeVaultAccess.js";
export type { VaultAccessExpectation } from "./expectations/VaultAccessExpectation.js";
export { LeftoverVaultError } from "./vaults/LeftoverVaultError.js";
export { type Sweep, type SweepOptions, sweepBackupVaults } from "./vaults/sweepBackupVaults.js";
export {
  type TestVault,
  type TestVaultInput,
  type WithBackupVaultOptions,
  withBackupVault,
} from "./vaults/withBackupVault.js";
