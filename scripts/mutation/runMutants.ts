import { relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import type { Mutant } from "./listMutants.js";
import { mutantKey } from "./mutantKey.js";

type MutantResult = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

/** Runs the specs, in their order, against each of the mutants and no other. */
export async function runMutants(mutants: readonly Mutant[], specs: readonly string[]): Promise<MutantResult[]> {
  // The checker that filters runs in a process of its own.
  process.env.MUTATION_SAMPLE = mutants.map(mutantKey).join(",");
  process.env.NODE_NO_WARNINGS = "1";
  const files = specs.map((pattern) => `'${pattern}'`).join(" ");
  const results = await new Stryker({
    mutate: mutants.map(rangeOf),
    testRunner: "command",
    // Mocha in the same process, without its own timeout: under load that would count a slow machine as a killed mutant.
    commandRunner: {
      command: `node --import tsx/esm node_modules/mocha/bin/mocha.js --no-config --bail --timeout 0 --reporter dot ${files}`,
    },
    checkers: ["sample"],
    checkerNodeArgs: ["--import", "tsx/esm"],
    plugins: [new URL("plugins.ts", import.meta.url).href],
    // tsx strips types, so nothing has to be added to the sources; and TypeScript 7 has no API with which Stryker could
    // rewrite tsconfig.json.
    disableTypeChecks: false,
    tsconfigFile: "none",
    coverageAnalysis: "off",
    concurrency: 2,
    timeoutMS: 20_000,
    timeoutFactor: 1.5,
    reporters: ["survivors"],
    allowConsoleColors: false,
  }).runMutationTest();
  return results.filter(({ status }) => status !== "CompileError");
}

/** Stryker's own form: lines from 1, columns from 0. */
function rangeOf({ fileName, location: { start, end } }: Mutant): string {
  return `${relative(process.cwd(), fileName)}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}
