import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnose } from "../fix/diagnose.js";
import type { VaultRequest } from "../request/VaultRequest.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveSnapshot } from "./liveSnapshot.js";
import { tellDiagnosis } from "./tellDiagnosis.js";

/**
 * Says whether a principal may create a vault, and if not, why not. It makes nothing: it reads the policies and asks the
 * simulator.
 *
 * @throws InvalidRequestError where the request or an option is wrong, before any call
 * @example
 * const { outcome, summary } = await checkBackupVaultAccess({ backupVaultName: "prod-vault", region: "eu-west-1" });
 */
export async function checkBackupVaultAccess(request: VaultRequest, options: LiveOptions = {}): Promise<Diagnosis> {
  const { snapshot, calls } = await liveSnapshot(request, options, null);
  const diagnosis = { ...diagnose(snapshot), evidence: calls };
  tellDiagnosis(options.onDiagnosis, diagnosis);
  return diagnosis;
}
