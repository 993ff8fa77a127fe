import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { proveUnknowns } from "../prove/proveUnknowns.js";
import { runs } from "../random/runs.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";
import { readTables } from "../verdict/cases/readTables.js";
import { completions } from "./completions.js";

const fixed = 20_261_126;
const tables = [`${import.meta.dirname}/../verdict/tables`, `${import.meta.dirname}/../diagnosis/tables`].flatMap(
  readTables,
);

/** Whether what is unknown is what only a plan's apply tells: the oracle fills in what AWS has. */
function isOfPlan({ name, snapshot }: (typeof tables)[number]["cases"][number]): boolean {
  return /\bplan(?:ned)?\b/.test(name) || JSON.stringify(snapshot).includes('"plan:');
}

describe("An unknown verdict asks a question that has two answers", function () {
  this.timeout(120_000);

  for (const { title, base, cases } of tables) {
    it(`in every case of a table: ${title}`, () => {
      const unearned: string[] = [];
      for (const { name, with: situations = [], snapshot: patch } of cases.filter((one) => !isOfPlan(one))) {
        const snapshot = buildSnapshot([...base, ...situations], patch);

        const completed = completions(diagnose(snapshot, { fixes: false }), snapshot, fixed, 3_000);

        unearned.push(...completed.unearned.map(({ action, told }) => `${name}: ${action} is ${told}`));
      }

      expect(unearned).to.deep.equal([]);
    });
  }

  // As many as a test run has time for; `npm run prove` takes two thousand of each.
  for (const [knowledge, most] of [
    ["one unknown", () => 0],
    // One snapshot may miss several actions alike, which says little of so few.
    ["unknown", (unknown: number) => Math.max(4, 0.005 * unknown)],
  ] as const) {
    for (const seed of [fixed, Date.now() % 2 ** 31]) {
      it(`in random snapshots (${knowledge}, seed ${seed})`, () => {
        const { unknown, unearned } = proveUnknowns(knowledge, runs(250), seed);

        for (const line of unearned) console.log(`      ${line}`);
        expect(unearned.length, `of ${unknown} unknown verdicts`).to.be.at.most(most(unknown));
        expect(unknown).to.be.greaterThan(runs(50));
      });
    }
  }
});
