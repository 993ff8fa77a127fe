import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { diagnose, newJudge, parseSnapshot } from "../lib/index.js";
import { arbitrarySnapshot } from "./emulator/arbitrarySnapshot.js";

const folder = `${import.meta.dirname}/examples`;
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".snapshot.json"))
  .map((name) => parseSnapshot(readFileSync(`${folder}/${name}`, "utf8")));

describe("A judge of many snapshots", () => {
  it("says of each, to the letter, what a fresh one says, whatever it has judged before", function () {
    this.timeout(120_000);
    const judge = newJudge();
    const property = fc.property(arbitrarySnapshot, fc.constantFrom(...examples), (random, example) => {
      for (const snapshot of [random, example, random]) {
        const fresh = newJudge().diagnose(structuredClone(snapshot), { fixes: false });

        expect(judge.diagnose(snapshot, { fixes: false })).to.deep.equal(fresh);
        expect(diagnose(snapshot, { fixes: false })).to.deep.equal(fresh);
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("hands out what nobody can change", () => {
    const diagnosis = newJudge().diagnose(examples[0] ?? expect.fail("no example"));

    expect(Object.isFrozen(diagnosis) && Object.isFrozen(diagnosis.actions[0]?.layers)).to.equal(true);
  });
});

describe("diagnose", () => {
  it("sees a document that was changed since it was diagnosed", () => {
    const snapshot = structuredClone(examples[0] ?? expect.fail("no example"));
    diagnose(snapshot);
    const deny = { Effect: "Deny" as const, Action: "*", Resource: "*" };
    const { identity } = snapshot.policies;
    if (identity.status !== "read") expect.fail("the example has identity policies");
    for (const policy of identity.value) {
      if (typeof policy.document === "object" && policy.document !== null) policy.document.Statement = [deny];
    }

    const { blockers } = diagnose(snapshot);

    expect(blockers[0]).to.deep.include({ layer: "identity-policy", effect: "explicitDeny" });
  });
});
