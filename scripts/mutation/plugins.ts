import type { Mutant } from "./listMutants.js";
import { mutantKey } from "./mutantKey.js";
import { mutantName } from "./mutantName.js";

/** Stryker's plugins, in its own format. */
export const strykerPlugins = [
  { kind: "Checker", name: "sample", factory: sampleChecker },
  { kind: "Reporter", name: "survivors", factory: survivorsReporter },
];

/**
 * A "checker" that lets only the sample through: the rest it reports as invalid, and Stryker neither runs it nor counts
 * it. Ranges alone would not do, because a range takes every mutant inside it along. The sample comes through the
 * environment: checkers run in a process of their own.
 */
function sampleChecker() {
  const sample = new Set((process.env.MUTATION_SAMPLE ?? "").split(","));
  const verdict = (mutant: Mutant) =>
    sample.has(mutantKey(mutant)) ? { status: "passed" } : { status: "compileError", reason: "not in the sample" };
  return {
    init: async () => undefined,
    group: async (mutants: Mutant[]) => [mutants.map(({ id }) => id)],
    check: async (mutants: Mutant[]) => Object.fromEntries(mutants.map((mutant) => [mutant.id, verdict(mutant)])),
  };
}

/** Tells each survivor as soon as it is found. */
function survivorsReporter() {
  return {
    onMutantTested(result: Mutant & { status: string }) {
      if (result.status === "Survived") console.log(`survived: ${mutantName(result)}`);
    },
  };
}
