import type { CreateBackupVaultCommandInput } from "@aws-sdk/client-backup";
import { denialOf } from "../denial/denialOf.js";
import type { DenialError } from "../denial/isDenial.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { parseArn } from "../facts/arn.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";
import type { CallerConfig } from "./CallerConfig.js";
import { collectInTime, deadlineOf, type Limits, timeLeftUntil } from "./collectInTime.js";
import { collectOptionsFor } from "./collectOptionsFor.js";
import { diagnosedInTurn } from "./diagnosedInTurn.js";
import { inTime } from "./inTime.js";
import { messageLines } from "./messageLines.js";
import { newDiagnosisShare } from "./newDiagnosisShare.js";
import { newEvidenceShare } from "./newEvidenceShare.js";
import { observedDiagnosis } from "./observedDiagnosis.js";
import { regionOf } from "./regionOf.js";
import { subjectOfInput } from "./subjectOfInput.js";

/** The refused call: with what input, and by a client of what configuration. */
export interface RefusedCall {
  input: Partial<CreateBackupVaultCommandInput>;
  config: CallerConfig;
}

const share = newEvidenceShare();
const diagnosedOnce = newDiagnosisShare(diagnosedInTurn);

/**
 * The error to throw for a denial: the same with its explanation or, whatever goes wrong on the way to one, the original
 * itself. It never throws and is loaded only when there is a denial.
 */
export async function errorForDenial(
  original: DenialError,
  { input, config }: RefusedCall,
  options: DiagnosisOptions,
  limits: Omit<Limits, "deadline"> = {},
): Promise<Error> {
  const make = async () => {
    const timeLeft = timeLeftUntil(deadlineOf(options), limits.clock);
    const region = await inTime(regionOf(config), timeLeft(), limits.clock);
    const request = vaultRequestOf(input, region);
    const settings = await inTime(collectOptionsFor(config, options, region), timeLeft(), limits.clock);
    const denial = denialOf(original);
    const within = { ...limits, deadline: deadlineOf(options) };
    const { snapshot, calls, age } =
      options.share === false
        ? { ...(await collectInTime(request, { ...settings, denial }, within)), age: null }
        : await share(config, request, { ...settings, denial }, within);
    // Evidence that is shared was read for another refusal: this one has words of its own.
    const found = await diagnosedOnce(snapshot, denial, Date.now() + timeLeft());
    const assumptions = Object.freeze([...found.assumptions, ...sharedSince(age)]) as string[];
    return { calls, diagnosis: { ...found, assumptions } };
  };
  const use = (diagnosis: Diagnosis) => new BackupVaultAccessDeniedError(original, diagnosis, messageLines(diagnosis));
  try {
    return await observedDiagnosis(subjectOfInput(input), options, make, use, limits.clock);
  } catch {
    // It was told.
    return original;
  }
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
  const keyRegion = parseArn(EncryptionKeyArn ?? "")?.region;
  const tags = Object.entries(BackupVaultTags ?? {}).filter(([, value]) => typeof value === "string");
  return {
    ...(region === null && keyRegion && { region: keyRegion }),
    backupVaultName: String(BackupVaultName ?? ""),
    ...(EncryptionKeyArn && { encryptionKeyArn: EncryptionKeyArn }),
    ...(tags.length > 0 && { backupVaultTags: Object.fromEntries(tags) }),
  };
}
