import { readFileSync } from "node:fs";
import { expect } from "chai";
import { newJudge } from "../../lib/newJudge.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { newSurveySummary } from "../../lib/survey/newSurveySummary.js";
import { reportSummary, summaryFormats } from "../../lib/survey/reportSummary.js";
import type { SurveySummary } from "../../lib/survey/SurveySummary.js";
import { stepsOf } from "../../lib/survey/stepsOf.js";

const allowed = parseSnapshot(readFileSync(new URL("../examples/allowed.snapshot.json", import.meta.url), "utf8"));
const denying = (...actions: string[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Deny", Action: "s3:*", Resource: "*" },
    { Sid: "NoVaults", Effect: "Deny", Action: actions, Resource: "*" },
  ],
});
const guard = (name: string, ...actions: string[]): Policy => ({
  name,
  arn: `arn:aws:iam::444455556666:policy/${name}`,
  attachedTo: "role/Deployer",
  document: denying(...actions),
});
const withPolicies = (...more: Policy[]): Snapshot => {
  const { identity } = allowed.policies;
  if (identity.status !== "read") return expect.fail("the example has identity policies");
  return {
    ...allowed,
    policies: { ...allowed.policies, identity: { status: "read", value: [...identity.value, ...more] } },
  };
};
const withIdentity = (identity: Snapshot["policies"]["identity"]): Snapshot => ({
  ...allowed,
  policies: { ...allowed.policies, identity },
});
function summed(...snapshots: Snapshot[]): SurveySummary {
  const judge = newJudge();
  const { add, summary } = newSurveySummary(judge);
  for (const snapshot of snapshots) add(judge.diagnose(snapshot, { fixes: false }), snapshot);
  return summary();
}

// specification, section 6
describe("The summary of a survey", () => {
  it("is of nothing where nobody is refused", () => {
    expect(summed(allowed, allowed)).to.deep.include({ principals: 2, allowed: 2, blocked: 0, causes: [], steps: [] });
  });

  it("names one statement once, whomever it stops, and what its change frees on its own", () => {
    const one = guard("One", "backup:CreateBackupVault");
    const other = guard("Other", "kms:CreateGrant");

    const { causes, steps } = summed(
      withPolicies(one),
      withPolicies(other),
      withPolicies(one, other),
      withPolicies(one),
    );

    expect(
      causes.map(({ policy, statement, stops, frees, proven }) => [policy?.name, statement?.sid, stops, frees, proven]),
    ).to.deep.equal([
      ["One", "NoVaults", 3, 2, 3],
      ["Other", "NoVaults", 2, 1, 2],
    ]);
    // The second change also frees whom both stop.
    expect(steps.map(({ causes: some, changes, frees, freed }) => [some, changes, frees, freed])).to.deep.equal([
      [[0], 1, 2, 2],
      [[1], 1, 2, 4],
    ]);
  });

  it("sees what stands behind a Deny: without an Allow, the change of the Deny alone frees nobody", () => {
    const snapshot = withIdentity({ status: "read", value: [guard("One", "backup:*", "backup-storage:*", "kms:*")] });

    const { causes, steps, unfreed } = summed(snapshot);

    expect(
      causes.map(({ policy, stops, hidden, frees }) => [policy?.name ?? null, stops, hidden, frees]),
    ).to.deep.equal([
      ["One", 1, 0, 0],
      [null, 0, 1, 0],
    ]);
    expect(steps).to.deep.equal([{ causes: [0, 1], changes: 2, frees: 1, freed: 1 }]);
    expect(unfreed).to.equal(0);
  });

  it("counts a change for each principal where nobody's statement is at fault", () => {
    const silent = withIdentity({ status: "none" });

    const { causes, steps } = summed(silent, silent, silent);

    expect(causes.map(({ stops, frees, change }) => [stops, frees, change?.isShared])).to.deep.equal([[3, 3, false]]);
    expect(steps).to.deep.equal([{ causes: [0], changes: 3, frees: 3, freed: 3 }]);
  });

  it("says of whom no change was proven to free", () => {
    const { key } = allowed;
    if (key.status !== "read") return expect.fail("the example has a key");
    const imported = { ...allowed, key: { status: "read", value: { ...key.value, state: "PendingImport" } } } as const;

    const { causes, steps, unfreed, blocked } = summed(imported);

    expect({ blocked, unfreed, steps }).to.deep.equal({ blocked: 1, unfreed: 1, steps: [] });
    expect(causes.map(({ layer, proven }) => [layer, proven])).to.deep.equal([["key-state", 0]]);
  });

  it("prints names that are hostile as what they are, in every format", () => {
    const name = "Gua\u001B[31mrd\u202E\n::error::|`x`<script>";
    const summary = summed(withPolicies({ ...guard("One", "backup:*"), name }));

    for (const format of summaryFormats) {
      const text = reportSummary(summary, format);
      expect(text, format).not.to.match(/\u202E|^::error/m);
      expect(text, format).not.to.include("\u001B");
      if (format === "json") expect((JSON.parse(text) as SurveySummary).causes[0]?.policy?.name).to.equal(name);
      if (format === "ndjson") for (const line of text.trim().split("\n")) JSON.parse(line);
    }
  });
});

describe("The fewest changes that free most", () => {
  it("takes two changes that free many together before one that frees few", () => {
    const groups = [
      { causes: [0], principals: 3 },
      { causes: [1, 2], principals: 100 },
    ];

    const steps = stepsOf(groups, () => true);

    expect(steps.map(({ causes, frees }) => [causes, frees])).to.deep.equal([
      [[1, 2], 100],
      [[0], 3],
    ]);
  });

  it("frees, at each number of changes, no fewer than any other choice of causes in these examples", () => {
    const groups = [
      { causes: [0], principals: 5 },
      { causes: [0, 1], principals: 4 },
      { causes: [2], principals: 2 },
      { causes: [1, 2], principals: 1 },
    ];
    const freedBy = (made: readonly number[]) =>
      groups
        .filter(({ causes }) => causes.every((cause) => made.includes(cause)))
        .reduce((sum, one) => sum + one.principals, 0);

    const made: number[] = [];
    for (const { causes, freed } of stepsOf(groups, () => true)) {
      made.push(...causes);
      const others = Array.from({ length: 8 }, (_, bits) => [0, 1, 2].filter((cause) => (bits & (1 << cause)) !== 0));
      const best = Math.max(...others.filter(({ length }) => length === made.length).map(freedBy));
      expect([made.length, freed]).to.deep.equal([made.length, best]);
    }
    expect(made).to.have.length(3);
  });
});
