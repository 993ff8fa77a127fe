import { expect } from "chai";
import { diagnose } from "../../../lib/diagnose.js";
import { buildSnapshot } from "./buildSnapshot.js";
import { checkDiagnosis } from "./checkDiagnosis.js";
import { checkRules } from "./checkRules.js";
import { readTables } from "./readTables.js";

/** One test for each case of every table of a folder; a pending case is reported as pending. */
export function describeTables(folder: string): void {
  for (const { title, base, cases } of readTables(folder)) {
    describe(title, () => {
      for (const { name, source, with: situations = [], snapshot: patch, expected, pending = false } of cases) {
        it(`${name} [${source}]`, function () {
          if (pending) this.skip();
          const snapshot = buildSnapshot([...base, ...situations], patch);

          const before = structuredClone(snapshot);

          const diagnosis = diagnose(snapshot, { fixes: false });

          checkDiagnosis(diagnosis, expected);
          checkRules(snapshot, diagnosis);
          expect(snapshot, "the snapshot is left as it was").to.deep.equal(before);
        });
      }
    });
  }
}
