/*
 * Proof where sampling is not needed: the combination of layers is finite, so the diagnosis's is compared with the oracle's own
 * over the whole of it. Prints what was compared, as docs/conformance.md tells it; exits with 1 where they differ.
 *
 *   npm run prove
 */
import { proveCombination } from "../spec/prove/proveCombination.js";
import { spaces } from "../spec/prove/spaces.js";

let different = 0;
let situations = 0;
for (const space of spaces) {
  const began = Date.now();
  const proof = proveCombination(space, 1);
  different += proof.different;
  situations += proof.situations;
  console.log(`${space.name}: ${proof.situations} situations, ${proof.different} different`);
  console.log(`  ${JSON.stringify(proof.verdicts)} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  for (const difference of proof.differences) console.log(`  ${difference}`);
}
console.log(`${situations} situations, ${different} differences`);
process.exitCode = different === 0 ? 0 : 1;
