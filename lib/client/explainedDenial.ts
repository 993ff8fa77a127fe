import type { CreateBackupVaultCommandInput } from "@aws-sdk/client-backup";
import { denialOf } from "../denial/denialOf.js";
import type { DenialError } from "../denial/isDenial.js";
import { diagnose } from "../fix/diagnose.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import type { VaultRequest } from "../request/VaultRequest.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";
import type { CallerConfig } from "./CallerConfig.js";
import { collectInTime, type Limits } from "./collectInTime.js";
import { collectOptionsFor } from "./collectOptionsFor.js";
import { explanation } from "./explanation.js";
import { regionOf } from "./regionOf.js";
import { tellDiagnosis } from "./tellDiagnosis.js";

/** The refused call: with what input, and by a client of what configuration. */
export interface RefusedCall {
  input: Partial<CreateBackupVaultCommandInput>;
  config: CallerConfig;
}

/**
 * The error to throw for a denial: the same with its explanation or, whatever goes wrong on the way to one, the original
 * itself. It never throws and is loaded only when there is a denial.
 */
export async function explainedDenial(
  original: DenialError,
  { input, config }: RefusedCall,
  options: DiagnosisOptions,
  limits: Omit<Limits, "deadline"> = {},
): Promise<Error> {
  try {
    const region = await regionOf(config);
    const settings = await collectOptionsFor(config, options, region);
    const { snapshot, calls } = await collectInTime(
      vaultRequestOf(input, region),
      { ...settings, denial: denialOf(original) },
      { ...limits, deadline: options.deadline },
    );
    const diagnosis = { ...diagnose(snapshot), evidence: calls };
    tellDiagnosis(options.onDiagnosis, diagnosis);
    return new BackupVaultAccessDeniedError(original, diagnosis, explanation(diagnosis));
  } catch {
    return original;
  }
}

/**
 * AWS has judged the input already: what is not as it must be is left out here. Where the client's Region is not known,
 * the key's is taken for it, since AWS would not have taken the call otherwise.
 */
function vaultRequestOf(
  { BackupVaultName, EncryptionKeyArn, BackupVaultTags }: RefusedCall["input"],
  region: string | null,
): VaultRequest {
  const keyRegion = EncryptionKeyArn?.split(":")[3];
  const tags = Object.entries(BackupVaultTags ?? {}).filter(([, value]) => typeof value === "string");
  return {
    ...(region === null && keyRegion && { region: keyRegion }),
    backupVaultName: String(BackupVaultName ?? ""),
    ...(EncryptionKeyArn && { encryptionKeyArn: EncryptionKeyArn }),
    ...(tags.length > 0 && { backupVaultTags: Object.fromEntries(tags) }),
  };
}
