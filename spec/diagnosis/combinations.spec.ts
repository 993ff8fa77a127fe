import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { runs } from "../random/runs.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";
import { checkRules } from "../verdict/cases/checkRules.js";
import { readTables } from "../verdict/cases/readTables.js";

const pairs = runs(2_000);
/** Prime to the number of cases in all likelihood, so that the pairs are spread over the tables. */
const stride = 7_919;

const cases = [`${import.meta.dirname}/../verdict/tables`, `${import.meta.dirname}/tables`]
  .flatMap(readTables)
  .flatMap(({ base, cases: rows }) => rows.map((row) => ({ ...row, with: [...base, ...(row.with ?? [])] })));

describe("two cases of the tables at once", () => {
  it(`are diagnosed by the same rules, whatever comes together (${pairs} pairs)`, function () {
    this.timeout(60_000);
    let built = 0;
    for (let index = 0; index < pairs; index += 1) {
      const one = cases[index % cases.length];
      const other = cases[(index * stride + 1 + Math.floor(index / cases.length)) % cases.length];
      if (one === undefined || other === undefined) continue;
      const snapshot = together(one, other);
      if (snapshot === null) continue;
      built += 1;

      const diagnosis = diagnose(snapshot, { fixes: false });

      try {
        checkRules(snapshot, diagnosis);
      } catch (error) {
        throw new Error(`"${one.name}" and "${other.name}": ${String(error)}`, { cause: error });
      }
    }
    expect(built, "pairs that fit together").to.be.greaterThan(pairs / 2);
  });
});

/** Both cases' patches over one snapshot; null where the second has nothing to hold on to in the first. */
function together(one: (typeof cases)[number], other: (typeof cases)[number]): Snapshot | null {
  try {
    return buildSnapshot([...one.with, ...other.with], { ...one.snapshot, ...other.snapshot });
  } catch {
    return null;
  }
}
