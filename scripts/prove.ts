/*
 * Proof where sampling is not needed: the combination of layers is finite, so the diagnosis's is compared with the oracle's own
 * over the whole of it. And of 4,000 random snapshots each unknown verdict is shown to be one: two completions of the evidence
 * with different answers. Prints what was compared; exits with 1 where something differs.
 *
 *   npm run prove
 *   npm run prove -- unknowns       only the snapshots
 *   npm run prove -- combination    only the combination
 */
import { proveCombination } from "../spec/prove/proveCombination.js";
import { proveUnknowns } from "../spec/prove/proveUnknowns.js";
import { spaces } from "../spec/prove/spaces.js";

const [only] = process.argv.slice(2);
let failed = 0;

if (only !== "unknowns") {
  let situations = 0;
  let different = 0;
  for (const space of spaces) {
    const began = Date.now();
    const proof = proveCombination(space, 1);
    different += proof.different;
    situations += proof.situations;
    console.log(`${space.name}: ${proof.situations} situations, ${proof.different} different`);
    console.log(`  ${JSON.stringify(proof.verdicts)} (${secondsSince(began)} s)`);
    for (const difference of proof.differences) console.log(`  ${difference}`);
  }
  console.log(`${situations} situations, ${different} differences`);
  failed += different;
}

if (only !== "combination") {
  for (const seed of [20_261_126, Date.now() % 2 ** 31]) {
    for (const [knowledge, share] of [
      ["one unknown", 0],
      ["unknown", 0.005],
    ] as const) {
      const began = Date.now();
      const { snapshots, unknown, refusedEitherWay, unearned } = proveUnknowns(knowledge, 1_000, seed);
      console.log(
        `${snapshots} random snapshots (${knowledge}, seed ${seed}): ${unknown} unknown verdicts, of these ${refusedEitherWay} refused either way by different layers, ${unearned.length} without an allowed and a refused completion (${secondsSince(began)} s)`,
      );
      for (const line of unearned) console.log(`  ${line}`);
      if (unearned.length > share * unknown) failed += 1;
    }
  }
}

process.exitCode = failed === 0 ? 0 : 1;

function secondsSince(began: number): string {
  return ((Date.now() - began) / 1000).toFixed(0);
}
