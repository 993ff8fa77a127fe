import { readFileSync } from "node:fs";
import { diagnose } from "../../lib/diagnose.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { exampleNames, exampleText } from "../snapshot/malformedSnapshots.js";
import type { ExpectedBlocker, ExpectedDiagnosis } from "../verdict/cases/CaseTable.js";
import { checkDiagnosis } from "../verdict/cases/checkDiagnosis.js";

/** As the specification writes it (section 9): actions are a list. */
type ContractExpectation = Omit<ExpectedDiagnosis, "blockers"> & {
  description: string;
  blockers: (Omit<ExpectedBlocker, "actions"> & { actions: string[] })[];
};

describe("the specification's examples", () => {
  for (const name of exampleNames) {
    const path = `${import.meta.dirname}/../examples/${name}.expected.json`;
    const { description, blockers, ...expected } = JSON.parse(readFileSync(path, "utf8")) as ContractExpectation;

    it(`${name}: ${description}`, () => {
      const diagnosis = diagnose(parseSnapshot(exampleText(name)), { fixes: false });

      checkDiagnosis(diagnosis, {
        ...expected,
        blockers: blockers.map((blocker) => ({ ...blocker, actions: blocker.actions.join(" ") })),
      });
    });
  }
});
