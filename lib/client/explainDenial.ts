import { denialOf } from "../denial/denialOf.js";
import { isDenial } from "../denial/isDenial.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { InvalidRequestError } from "../options/InvalidRequestError.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveDiagnosis } from "./liveDiagnosis.js";
import { checkLive } from "./liveSnapshot.js";
import { observedDiagnosis, subjectOfRequest } from "./observedDiagnosis.js";

/**
 * Explains a refusal of CreateBackupVault that was caught elsewhere: reads the evidence and says which layer blocks.
 *
 * @param error as it was caught; also a BackupVaultAccessDeniedError, which is then explained anew
 * @throws InvalidRequestError where the error is no refusal, or the request or an option is wrong, before any call
 * @example
 * const { blockers } = await explainDenial(error, { backupVaultName: "prod-vault" }, { client });
 */
export async function explainDenial(
  error: unknown,
  request: VaultRequest,
  options: LiveOptions = {},
): Promise<Diagnosis> {
  const original = BackupVaultAccessDeniedError.isInstance(error) ? error.cause : error;
  if (!isDenial(original)) {
    throw new InvalidRequestError(
      "error",
      "expected the AccessDeniedException that CreateBackupVault was refused with",
    );
  }
  checkLive(request, options);
  const make = () => liveDiagnosis(request, options, denialOf(original));
  return observedDiagnosis(subjectOfRequest(request), options, make, (diagnosis) => diagnosis);
}
