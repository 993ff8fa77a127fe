import { type Combination, combine, type Memory } from "../oracle/combine.js";
import { combined } from "./combined.js";
import type { Space } from "./spaces.js";

export interface Proof {
  space: string;
  situations: number;
  verdicts: Record<Combination["verdict"], number>;
  /** The first differences, written out. */
  differences: string[];
  different: number;
}

/**
 * Compares the diagnosis's combination of layers with the oracle's own.
 *
 * @param every 1 for the whole space; n for every nth situation
 */
export function proveCombination(space: Space, every: number): Proof {
  const proof: Proof = {
    space: space.name,
    situations: 0,
    verdicts: { allowed: 0, explicitDeny: 0, implicitDeny: 0, unknown: 0 },
    differences: [],
    different: 0,
  };
  const memory: Memory = new Map();
  for (let index = 0; index < space.size; index += every) {
    const situation = space.at(index);
    if (situation === null) continue;
    proof.situations += 1;
    const expected = combine(situation, memory);
    const got = combined(situation);
    proof.verdicts[expected.verdict] += 1;
    if (fingerprint(got) === fingerprint(expected)) continue;
    proof.different += 1;
    if (proof.differences.length < 5) {
      proof.differences.push(`${space.name} #${index}: ${JSON.stringify({ situation, expected, got })}`);
    }
  }
  return proof;
}

function fingerprint({ verdict, explicit, silent, suspects }: Combination): string {
  return [verdict, ...[explicit, silent, suspects].map((layers) => layers.toSorted().join())].join(";");
}
