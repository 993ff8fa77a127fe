import type { CreateBackupVaultCommandInput } from "@aws-sdk/client-backup";
import { denialOf } from "../denial/denialOf.js";
import type { DenialError } from "../denial/isDenial.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnose } from "../fix/diagnose.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import type { VaultRequest } from "../request/VaultRequest.js";
import type { Denial, Snapshot } from "../snapshot/Snapshot.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";
import type { CallerConfig } from "./CallerConfig.js";
import { collectInTime, type Limits } from "./collectInTime.js";
import { collectOptionsFor } from "./collectOptionsFor.js";
import { explanation } from "./explanation.js";
import { newEvidenceShare } from "./newEvidenceShare.js";
import { regionOf } from "./regionOf.js";
import { tellDiagnosis } from "./tellDiagnosis.js";

/** The refused call: with what input, and by a client of what configuration. */
export interface RefusedCall {
  input: Partial<CreateBackupVaultCommandInput>;
  config: CallerConfig;
}

const share = newEvidenceShare();

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
    const request = vaultRequestOf(input, region);
    const denial = denialOf(original);
    const within = { ...limits, deadline: options.deadline };
    const { snapshot, calls, age } =
      options.share === false
        ? { ...(await collectInTime(request, { ...settings, denial }, within)), age: null }
        : await share(config, request, { ...settings, denial }, within);
    // Evidence that is shared was read for another refusal: this one has words of its own.
    const found = diagnosed(snapshot, denial);
    const diagnosis = { ...found, evidence: calls, assumptions: [...found.assumptions, ...sharedSince(age)] };
    tellDiagnosis(options.onDiagnosis, diagnosis);
    return new BackupVaultAccessDeniedError(original, diagnosis, explanation(diagnosis));
  } catch {
    return original;
  }
}

const diagnoses = new WeakMap<Snapshot, Map<string, Diagnosis>>();

/** The diagnosis of one reading and one wording, once however many refusals share both. */
function diagnosed(snapshot: Snapshot, denial: Denial): Diagnosis {
  const wording = JSON.stringify([denial.name, denial.message]);
  const known = diagnoses.get(snapshot) ?? new Map<string, Diagnosis>();
  diagnoses.set(snapshot, known);
  const found = known.get(wording) ?? diagnose({ ...snapshot, denial });
  known.set(wording, found);
  return found;
}

function sharedSince(age: number | null): string[] {
  if (age === null) return [];
  return [`The evidence is shared with another refusal of the same call; reading it began ${age} ms before.`];
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
