import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnoseSnapshot } from "../diagnosis/diagnoseSnapshot.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { changesFor } from "./changesFor.js";
import { proven } from "./proven.js";

/**
 * Says whether, and why not, a backup vault can be created: the seven actions by the eight policy layers, the blockers
 * with policy and statement, the suspects, and for each blocker a fix with its proof.
 *
 * Synchronous and pure: it reads nothing but the snapshot, and never throws on what `parseSnapshot` accepted.
 *
 * @param options.fixes look for fixes and prove them by diagnosing again; true by default
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 * @example
 * const diagnosis = diagnose(parseSnapshot(await readFile("denied.snapshot.json", "utf8")));
 * console.log(diagnosis.outcome, diagnosis.blockingLayer, diagnosis.summary);
 */
export function diagnose(snapshot: Snapshot, options: { fixes?: boolean } = {}): Diagnosis {
  const diagnosis = diagnoseSnapshot(snapshot);
  if (options.fixes === false) return diagnosis;
  const fixes = diagnosis.blockers
    .flatMap((blocker) => changesFor(snapshot, blocker))
    .map((change) => proven(snapshot, diagnosis, change));
  return { ...diagnosis, fixes };
}
