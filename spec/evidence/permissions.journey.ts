import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import {
  pairs,
  type RightsFigures,
  renderPermissions,
  rights,
  type Table,
  withWorld,
  worlds,
} from "./permissionsTable.js";
import figures from "./rights.json" with { type: "json" };

/** Confirmed blockers that full evidence does not confirm. */
function wrongBlockers(told: Diagnosis, full: Diagnosis): string[] {
  return told.blockers
    .filter(({ certainty }) => certainty === "confirmed")
    .filter(
      ({ layer, effect, actions }) =>
        !full.blockers.some(
          (right) =>
            right.layer === layer &&
            right.effect === effect &&
            actions.every((action) => right.actions.includes(action)),
        ),
    )
    .map(({ layer, effect, actions }) => `${layer} ${effect} ${actions.join(" ")}`);
}

describe("Rights taken away from the reader", () => {
  const table: Table = new Map();

  for (const [name, world] of Object.entries(worlds)) {
    it(`one by one and in pairs, never make a confirmed blocker wrong: ${name}`, async function () {
      this.timeout(120_000);
      await withWorld(world(), async (tell) => {
        const full = await tell([]);
        const without = new Map<string, string>();
        for (const right of rights) {
          const { diagnosis, text } = await tell([right]);
          without.set(right, text);
          expect(wrongBlockers(diagnosis, full.diagnosis), right).to.deep.equal([]);
        }
        table.set(name, { full: full.text, without });
        const told = (right: string) => without.get(right) ?? full.text;
        for (const pair of pairs) {
          const { diagnosis, text } = await tell(pair);
          expect(wrongBlockers(diagnosis, full.diagnosis), pair.join(" and ")).to.deep.equal([]);
          // What one of the two tells alone is in the table already.
          if (![full.text, told(pair[0]), told(pair[1])].includes(text)) without.set(pair.join(" and "), text);
          // Where neither right alone changes anything, the pair may; but never into the opposite.
          if (full.diagnosis.outcome === "allowed") expect(text, pair.join(" and ")).not.to.match(/^blocked/);
          else expect(text, pair.join(" and ")).not.to.match(/^allowed/);
        }
      });
    });
  }

  it("tell what docs/permissions.md says; else run this spec with UPDATE_PERMISSIONS=1", () => {
    const path = `${import.meta.dirname}/../../docs/permissions.md`;
    const rendered = renderPermissions(table, figures as unknown as RightsFigures[]);
    if (process.env.UPDATE_PERMISSIONS === "1") writeFileSync(path, rendered);
    expect(readFileSync(path, "utf8") === rendered).to.equal(true);
  });
});
