import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { type Emulator, startEmulator } from "../../lib/emulator/index.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";
import type { CaseTable } from "../verdict/cases/CaseTable.js";
import { asFarAsApisTell, collectedAgain, kept, whyNotServable } from "./roundTrip.js";

/** Every fourth case, from another one each run: FIRST repeats it, ROUND_TRIP=whole takes all. */
const share = process.env.ROUND_TRIP === "whole" ? 1 : 4;
const first = Number(process.env.FIRST ?? Date.now() % share);

const examples = new URL("../examples/", import.meta.url);
const tables = new URL("../verdict/tables/", import.meta.url);

// specification, section 7
describe(`A snapshot that is served and collected again is diagnosed the same (FIRST=${first})`, () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  for (const file of readdirSync(examples).filter((name) => name.endsWith(".snapshot.json"))) {
    it(`the specification's example ${file}`, async () => {
      const snapshot = asFarAsApisTell(JSON.parse(readFileSync(new URL(file, examples), "utf8")) as Snapshot);
      const collected = await collectedAgain(emulator, snapshot);
      expect(kept(diagnose(collected, { fixes: false }))).to.deep.equal(kept(diagnose(snapshot, { fixes: false })));
    });
  }

  for (const file of readdirSync(tables)
    .filter((name) => name.endsWith(".json"))
    .sort()) {
    const { title, base, cases } = JSON.parse(readFileSync(new URL(file, tables), "utf8")) as CaseTable;
    describe(title, () => {
      for (const { name, with: situations = [], snapshot: patch } of cases.filter((_, at) => at % share === first)) {
        it(name, async function () {
          const snapshot = asFarAsApisTell(buildSnapshot([...base, ...situations], patch));
          const why = whyNotServable(snapshot);
          if (why !== null) this.skip();
          const collected = await collectedAgain(emulator, snapshot);
          expect(kept(diagnose(collected, { fixes: false }))).to.deep.equal(kept(diagnose(snapshot, { fixes: false })));
        });
      }
    });
  }
});
