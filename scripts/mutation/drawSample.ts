import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Mutant } from "./listMutants.js";

/**
 * The mutants that a seed draws. What is hashed is the code and not its line, so that an edit elsewhere in a file leaves
 * the sample as it is; mutants of equal code are told apart by their place among each other.
 */
export function drawSample(mutants: readonly Mutant[], seed: string, size: number): Mutant[] {
  const sources = new Map<string, string[]>();
  const seen = new Map<string, number>();
  const ranked = mutants.map((mutant) => {
    const { fileName, location, mutatorName, replacement } = mutant;
    const lines = sources.get(fileName) ?? readFileSync(fileName, "utf8").split("\n");
    sources.set(fileName, lines);
    const code = excerpt(lines, location);
    const name = JSON.stringify([relative(process.cwd(), fileName), mutatorName, code, replacement]);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return {
      mutant,
      rank: createHash("sha256")
        .update(JSON.stringify([seed, name, nth]))
        .digest("hex"),
    };
  });
  return ranked
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

/** The code at a location; Stryker counts lines and columns from 0. */
function excerpt(lines: readonly string[], { start, end }: Mutant["location"]): string {
  return lines
    .slice(start.line, end.line + 1)
    .map((line, index, taken) => {
      const from = index === 0 ? start.column : 0;
      return line.slice(from, index === taken.length - 1 ? end.column : undefined);
    })
    .join("\n");
}
