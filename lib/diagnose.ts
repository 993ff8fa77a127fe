import type { Diagnosis } from "./diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "./diagnosis/diagnoseSnapshot.js";
import { judgeAhead } from "./diagnosis/judgeAhead.js";
import { everybodysMemory, judgeSnapshot, newJudgingMeans } from "./diagnosis/judgeSnapshot.js";
import { fixesInTurn } from "./fix/fixesInTurn.js";
import { atOnce } from "./policy/atOnce.js";
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
  return atOnce(diagnosing(memory, snapshot, options));
}

/** The same, pausing wherever the process may do something else: for the largest policies, and after each blocker's proofs. */
export function* diagnoseInTurn(snapshot: Snapshot, options: DiagnoseOptions = {}): Generator<void, Diagnosis> {
  yield* judgeAhead(snapshot);
  return yield* diagnosing(everybodysMemory, snapshot, options);
}

function* diagnosing(
  memory: LevelMemory,
  snapshot: Snapshot,
  { fixes: areWanted = true, until }: DiagnoseOptions,
): Generator<void, Diagnosis> {
  const means = newJudgingMeans(memory);
  const diagnosis = diagnoseSnapshot(snapshot, means);
  if (!areWanted || diagnosis.blockers.length === 0) return frozen(diagnosis);
  yield;
  const fixes = yield* fixesInTurn(snapshot, diagnosis, (changed) => judgeSnapshot(changed, means), until);
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
