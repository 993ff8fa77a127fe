import type { Diagnosis } from "./diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "./diagnosis/diagnoseSnapshot.js";
import { everybodysMemory, judgeSnapshot, newJudgingMeans } from "./diagnosis/judgeSnapshot.js";
import { fixesFor } from "./fix/fixesFor.js";
import type { Snapshot } from "./snapshot/Snapshot.js";
import type { LevelMemory } from "./verdict/KnownLevels.js";

/** What is looked for beside the verdicts. */
export interface DiagnoseOptions {
  /** Look for fixes and prove them by diagnosing again; true by default. */
  fixes?: boolean | undefined;
  /** Epoch milliseconds after which no further proof is begun; what is not proven by then is said. Never, by default. */
  until?: number | undefined;
}

/**
 * Says whether, and why not, a backup vault can be created: the seven actions by the eight policy layers, the blockers
 * with policy and statement, the suspects, and for each blocker a fix with its proof.
 *
 * Synchronous and pure: it reads nothing but the snapshot, and never throws on what `parseSnapshot` accepted. Its answer
 * is frozen.
 *
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 * @example
 * const diagnosis = diagnose(parseSnapshot(await readFile("denied.snapshot.json", "utf8")));
 * console.log(diagnosis.outcome, diagnosis.blockingLayer, diagnosis.summary);
 */
export function diagnose(snapshot: Snapshot, options: DiagnoseOptions = {}): Diagnosis {
  return diagnoseWith(everybodysMemory, snapshot, options);
}

/** The same, with a memory of policies. */
export function diagnoseWith(memory: LevelMemory, snapshot: Snapshot, options: DiagnoseOptions = {}): Diagnosis {
  const means = newJudgingMeans(memory);
  const diagnosis = diagnoseSnapshot(snapshot, means);
  if (options.fixes === false || diagnosis.blockers.length === 0) return frozen(diagnosis);
  const fixes = fixesFor(snapshot, diagnosis, (changed) => judgeSnapshot(changed, means), options.until);
  return frozen({ ...diagnosis, fixes });
}

/** Frozen all through, so that what is handed to one cannot be changed under another. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    if (Array.isArray(value)) for (const part of value) frozen(part);
    else for (const name in value) frozen(value[name]);
  }
  return value;
}
