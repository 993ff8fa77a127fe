import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import { arbitrarySnapshot } from "../random/arbitrarySnapshot.js";
import { runs } from "../random/runs.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";
import { readTables } from "../verdict/cases/readTables.js";
import { untruths } from "./sentences/untruths.js";
import { withWords } from "./sentences/withWords.js";

const tables = [`${import.meta.dirname}/../verdict/tables`, `${import.meta.dirname}/tables`].flatMap(readTables);
const snapshots = fc.oneof(arbitrarySnapshot("known"), arbitrarySnapshot("one unknown"), arbitrarySnapshot("unknown"));

describe("Each claim in each sentence of a diagnosis is true of its snapshot", function () {
  this.timeout(120_000);

  it("in every case of the tables", () => {
    const untrue: string[] = [];
    for (const { base, cases } of tables) {
      for (const { name, with: situations = [], snapshot: patch } of cases) {
        const snapshot = buildSnapshot([...base, ...situations], patch);

        const found = untruths(snapshot, diagnose(snapshot, { fixes: false }));

        untrue.push(...found.map((one) => `${name}: ${one}`));
      }
    }

    expect(untrue).to.deep.equal([]);
  });

  for (const seed of [20_261_126, Date.now() % 2 ** 31]) {
    it(`of random snapshots, most of which AWS has said something about (seed ${seed})`, () => {
      const untrue: string[] = [];
      for (const snapshot of fc.sample(withWords(snapshots), { numRuns: runs(500), seed })) {
        const found = untruths(snapshot, diagnose(snapshot, { fixes: false }));

        untrue.push(...found.map((one) => `${one} <- ${JSON.stringify(snapshot)}`));
      }

      expect(untrue.slice(0, 3)).to.deep.equal([]);
    });
  }
});
