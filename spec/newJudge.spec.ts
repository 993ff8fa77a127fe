import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { diagnose, type Judge, newJudge, parseSnapshot, type Snapshot } from "../lib/index.js";
import { arbitrarySnapshot } from "./emulator/arbitrarySnapshot.js";

const folder = `${import.meta.dirname}/examples`;
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".snapshot.json"))
  .map((name) => parseSnapshot(readFileSync(`${folder}/${name}`, "utf8")));

describe("A judge of many snapshots", () => {
  it("says of 2,000 random snapshots, to the letter, what a fresh one says, after it has seen them all, in random order", function () {
    this.timeout(120_000);
    const seed = Number(process.env.JUDGE_SEED ?? Date.now() % 1_000_000);
    console.log(`      JUDGE_SEED=${seed}`);
    const snapshots = fc.sample(arbitrarySnapshot, { numRuns: 2000, seed });
    const judge = newJudge();
    const told = (one: Judge, snapshot: Snapshot) => JSON.stringify(one.diagnose(snapshot, { fixes: false }));
    for (const snapshot of snapshots) judge.diagnose(snapshot, { fixes: false });

    for (const at of shuffled(snapshots.length, seed)) {
      const snapshot = snapshots[at] ?? expect.fail("no snapshot");
      expect(told(judge, snapshot), `snapshot ${at}`).to.equal(told(newJudge(), snapshot));
    }
  });

  it("says of the examples what diagnose says, with their fixes", () => {
    const judge = newJudge();
    for (const snapshot of [...examples, ...examples]) {
      expect(judge.diagnose(snapshot)).to.deep.equal(diagnose(structuredClone(snapshot)));
    }
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

/** The numbers below a count in an order that the seed gives. */
function shuffled(count: number, seed: number): number[] {
  const [order = []] = fc.sample(
    fc.shuffledSubarray(
      Array.from({ length: count }, (_, at) => at),
      { minLength: count },
    ),
    { numRuns: 1, seed },
  );
  return order;
}
