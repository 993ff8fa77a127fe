import { readdirSync, readFileSync } from "node:fs";
import { diagnose } from "../../../lib/fix/diagnose.js";
import { buildSnapshot } from "./buildSnapshot.js";
import type { CaseTable } from "./CaseTable.js";
import { checkDiagnosis } from "./checkDiagnosis.js";

/** One test for each case of every table of a folder; a pending case is reported as pending. */
export function describeTables(folder: string): void {
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".json")) continue;
    const { title, base, cases } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as CaseTable;
    describe(title, () => {
      for (const { name, source, with: situations = [], snapshot: patch, expected, pending = false } of cases) {
        it(`${name} [${source}]`, function () {
          if (pending) this.skip();
          const snapshot = buildSnapshot([...base, ...situations], patch);

          const diagnosis = diagnose(snapshot, { fixes: false });

          checkDiagnosis(diagnosis, expected);
        });
      }
    });
  }
}
