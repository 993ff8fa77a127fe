// Random worlds, in each of which random rights are taken from the reader: with fewer an answer is never surer than the rules
// let it be. `npm run rights:random -- COUNT SEED`; prints what contradicts, and ends with 1 where something does.
import fc from "fast-check";
import type { Diagnosis } from "../lib/diagnosis/Diagnosis.js";
import { worldFromSnapshot } from "../lib/replay/index.js";
import { arbitrarySnapshot } from "../spec/emulator/arbitrarySnapshot.js";
import { asFarAsApisTell, whyNotServable } from "../spec/emulator/roundTrip.js";
import { rights, withWorld } from "../spec/evidence/permissionsTable.js";

const [count = 20, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
/** Sets of rights in a world, beside each right alone. */
const setsInWorld = 25;

/** What is wrong with an answer that was given with fewer rights than another; null where nothing is. */
function contradiction(fewer: Diagnosis, more: Diagnosis): string | null {
  // What was not read and is taken to allow is said (rule 12).
  const isAssumed = fewer.assumptions.some((text) => text.includes("taken to allow"));
  const mayDiffer = fewer.outcome === "inconclusive" || (fewer.outcome === "allowed" && isAssumed);
  if (!mayDiffer && fewer.outcome !== more.outcome) return `${fewer.outcome}, and ${more.outcome} with more`;
  for (const { layer, effect, actions, certainty, statement } of fewer.blockers) {
    // The simulator names no statement: what that one hangs on is known where it was read (rule 10).
    const isSimulators = effect === "explicitDeny" && statement === null;
    // One firm action confirms the others; a layer that denies explicitly is not told for its silence as well.
    const isKnown = more.blockers.some(
      (one) =>
        one.layer === layer &&
        (one.certainty === "confirmed" || isSimulators) &&
        (one.effect === effect || one.effect === "explicitDeny") &&
        actions.some((action) => one.actions.includes(action)),
    );
    if (certainty === "confirmed" && !isKnown) return `confirms ${layer} ${effect} ${actions.join(" ")}`;
  }
  return null;
}

let compared = 0;
const wrong: string[] = [];
const snapshots = fc.sample(arbitrarySnapshot, { seed, numRuns: count }).map(asFarAsApisTell);
for (const [at, snapshot] of snapshots.entries()) {
  if (whyNotServable(snapshot) !== null) continue;
  const { backupVaultName, encryptionKeyArn, backupVaultTags } = snapshot.request;
  const sets = fc.sample(fc.tuple(fc.subarray([...rights]), fc.subarray([...rights])), {
    seed: seed + at,
    numRuns: setsInWorld,
  });
  const asked =
    encryptionKeyArn === null
      ? { request: { backupVaultName, backupVaultTags }, withoutKey: true }
      : { request: { backupVaultName, backupVaultTags, encryptionKeyArn } };
  await withWorld(
    worldFromSnapshot(snapshot),
    async (tell) => {
      const compare = async (more: readonly string[], some: readonly string[]) => {
        compared += 1;
        const found = contradiction((await tell(more)).diagnosis, (await tell(some)).diagnosis);
        if (found !== null)
          wrong.push(`world ${at}, without ${more.join(", ")}: ${found}, only without ${some.join(", ") || "none"}`);
      };
      for (const right of rights) await compare([right], []);
      for (const [some, further] of sets) {
        await compare(some, []);
        await compare(
          rights.filter((right) => some.includes(right) || further.includes(right)),
          some,
        );
      }
    },
    asked,
  );
}
for (const one of wrong) console.log(one);
console.log(`${compared} comparisons in ${count} random worlds, seed ${seed}: ${wrong.length} contradict`);
process.exitCode = wrong.length === 0 ? 0 : 1;
