import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { LiveOptions } from "./LiveOptions.js";
import { newVaultAccessCheck } from "./newVaultAccessCheck.js";

/**
 * Says whether a principal may create a vault, and if not, why not. It makes nothing: it reads the policies and asks the
 * simulator.
 *
 * @throws InvalidRequestError where the request or an option is wrong, before any call
 * @example
 * const { outcome, summary } = await checkBackupVaultAccess({ backupVaultName: "prod-vault", region: "eu-west-1" });
 */
export async function checkBackupVaultAccess(request: VaultRequest, options: LiveOptions = {}): Promise<Diagnosis> {
  return newVaultAccessCheck(options)(request);
}
