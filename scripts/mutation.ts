/**
 * Mutation testing of lib/policy and lib/verdict by their own specs: `npm run mutation -- [--seed N] [--size N] [TEXT...]`;
 * with texts, only those of files whose path holds one of them. Prints the score and every survivor, and fails below 90 %. The
 * survivors of the run on record are argued in docs/mutation.md.
 */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { drawSample } from "./mutation/drawSample.js";
import { listMutants, type Mutant } from "./mutation/listMutants.js";
import { mutantName } from "./mutation/mutantName.js";
import { runMutants } from "./mutation/runMutants.js";

const leastScore = 90;

/** What is mutated, and the specs that could notice, in the order of their speed: most mutants fall within a second. */
const folders = [
  {
    folder: "lib/policy",
    specs: [
      "spec/policy/{evaluatePolicies,matchStatements,parsePolicy,wildcard}.spec.ts",
      "spec/policy/{tables,documents,conformance}.spec.ts",
      "spec/policy/randomPolicies.spec.ts",
      "spec/verdict/**/*.spec.ts",
      "spec/policy/**/*.spec.ts",
    ],
  },
  // lib/policy imports nothing of ours, so its specs cannot notice these.
  { folder: "lib/verdict", specs: ["spec/verdict/**/*.spec.ts"] },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, size: { type: "string", default: "500" } },
});
const { seed } = values;
const texts = positionals.length > 0 ? positionals : ["/lib/"];

const mutants = await Promise.all(folders.map(({ folder }) => listMutants(folder)));
const chosen = drawSample(mutants.flat(), seed, Number(values.size)).filter(({ fileName }) =>
  texts.some((text) => fileName.includes(text)),
);
console.log(`${chosen.length} of ${mutants.flat().length} mutants, seed ${seed}`);

const results: Awaited<ReturnType<typeof runMutants>> = [];
for (const { folder, specs } of folders) {
  const own = chosen.filter(({ fileName }) => relative(process.cwd(), fileName).startsWith(folder));
  for (const batch of inBatches(own)) {
    results.push(...(await runMutants(batch, specs)));
    console.log(`${results.length} of ${chosen.length} tested`);
  }
}

const killed = results.filter(({ status }) => status === "Killed" || status === "Timeout");
const survivors = results.filter(({ status }) => status === "Survived" || status === "NoCoverage");
const score = (100 * killed.length) / (killed.length + survivors.length);

console.log(`\nsurvivors (seed ${seed}):`);
for (const survivor of survivors) console.log(mutantName(survivor));
console.log(
  `\n${killed.length} of ${killed.length + survivors.length} mutants noticed (seed ${seed}): ${score.toFixed(1)} %`,
);
if (score < leastScore) {
  console.error(`below ${leastScore} %`);
  process.exitCode = 1;
}

/** Whole files at a time, and not all at once: code that holds many mutants at a time runs three times as slowly. */
function inBatches(all: readonly Mutant[]): Mutant[][] {
  const files = [...new Set(all.map(({ fileName }) => fileName))].sort();
  const batches: Mutant[][] = [];
  for (const file of files) {
    const own = all.filter(({ fileName }) => fileName === file);
    const last = batches.at(-1);
    if (last !== undefined && last.length + own.length <= 40) last.push(...own);
    else batches.push(own);
  }
  return batches;
}
