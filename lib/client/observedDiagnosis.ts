import { type Clock, systemClock } from "../aws/Clock.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { parsePrincipalArn } from "../facts/arn.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Collected } from "./collectInTime.js";
import { newDiagnosisId, publishDiagnosis } from "./diagnosisEvent.js";
import { frozenCalls } from "./frozenCalls.js";
import { tellHook } from "./tellHook.js";

/** A diagnosis, frozen, without its log of calls; and that log. */
export interface Observed extends Pick<Collected, "calls"> {
  diagnosis: Diagnosis;
}

/**
 * The one place in which a live diagnosis is finished: it gains the log of calls, is frozen, and is told to whoever listens
 * (`onDiagnosis`, `onFailure`, the diagnostics channel).
 *
 * @param subject what is known of it beforehand
 * @param use what is made of it; it failed where that does
 * @throws what `make` or `use` throws, after it was told
 */
export async function observedDiagnosis<Used>(
  subject: Diagnosis["subject"],
  { onDiagnosis, onFailure }: Pick<DiagnosisOptions, "onDiagnosis" | "onFailure">,
  make: () => Promise<Observed>,
  use: (diagnosis: Diagnosis) => Used,
  { now }: Pick<Clock, "now"> = systemClock,
): Promise<Used> {
  const id = newDiagnosisId();
  const startedAt = now().getTime();
  const passed = () => now().getTime() - startedAt;
  publishDiagnosis({ type: "started", id, subject });
  try {
    const { calls, diagnosis: made } = await make();
    // All the rest of it came frozen.
    const diagnosis = Object.freeze({ ...made, evidence: frozenCalls(calls) });
    const used = use(diagnosis);
    const { outcome, blockingLayer } = diagnosis;
    publishDiagnosis({
      type: "finished",
      id,
      subject: diagnosis.subject,
      outcome,
      blockingLayer,
      milliseconds: passed(),
      calls: tally(calls),
    });
    tellHook(onDiagnosis, diagnosis);
    return used;
  } catch (error) {
    publishDiagnosis({ type: "failed", id, subject, milliseconds: passed(), error });
    tellHook(onFailure, error);
    throw error;
  }
}

/** The subject as far as a request tells it. */
export function subjectOfRequest(request: VaultRequest): Diagnosis["subject"] {
  const { principalArn = null, region = null, backupVaultName, encryptionKeyArn = null } = request;
  const accountId = parsePrincipalArn(principalArn ?? "")?.accountId ?? null;
  return {
    operation: "CreateBackupVault",
    principalArn,
    callerArn: null,
    accountId,
    region,
    backupVaultName,
    encryptionKeyArn,
  };
}

function tally(calls: Collected["calls"]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of calls) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
