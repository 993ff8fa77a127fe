import { expect } from "chai";
import { simulatedFixes } from "../../lib/client/simulatedFixes.js";
import { diagnose } from "../../lib/diagnose.js";
import { simulableFix } from "../../lib/fix/simulableFix.js";
import { buildSnapshot, type SnapshotPatch } from "../verdict/cases/buildSnapshot.js";

const deny = { name: "Own", attachedTo: "role/Deployer", statements: ["Deny backup:CreateBackupVault"] };

/** Why the simulator is not asked about the fix of the Deny. */
function reasonOf(patch: SnapshotPatch): string | undefined {
  const snapshot = buildSnapshot([], { "policies.identity": [deny], ...patch });
  const diagnosis = diagnose(snapshot);
  const fix = diagnosis.fixes.find(({ verified, document }) => verified && document !== undefined);
  expect(fix, "a proven fix").not.to.equal(undefined);
  if (fix === undefined) return undefined;
  const question = simulableFix(snapshot, diagnosis, fix, (one) => diagnose(one, { fixes: false }));
  return "reason" in question ? question.reason : undefined;
}

describe("A fix of which the simulator cannot be asked says", () => {
  it("that another blocker stands in the layer", () => {
    const second = { ...deny, name: "Second" };

    expect(reasonOf({ "policies.identity": [deny, second] })).to.equal(
      "Another blocker stands in the identity policy.",
    );
  });

  it("that the layer was not read whole, rather than that it blocks", () => {
    const lost = { name: "Lost", attachedTo: "role/Deployer", document: null, unreadable: "AccessDenied" };

    expect(reasonOf({ "policies.identity": [deny, lost] })).to.equal("The identity policy was not read whole.");
  });

  it("that the layer hangs on what is not known, rather than that it blocks", () => {
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "storage" } };
    const open = {
      name: "Open",
      attachedTo: "role/Deployer",
      statements: [{ Effect: "Allow", Action: "*", Condition }],
    };

    expect(reasonOf({ "policies.identity": [deny, open], "caller.tags": "notRead" })).to.equal(
      "The identity policy hangs on what is not known.",
    );
  });

  it("that no time was left, and then no further diagnosis is made", async () => {
    const snapshot = buildSnapshot([], { "policies.identity": [deny] });
    const send = () => expect.fail("nothing is sent");

    const { diagnosis, calls } = await simulatedFixes(
      snapshot,
      diagnose(snapshot),
      { caller: { send } as never },
      { left: 0 },
    );

    expect(calls).to.deep.equal([]);
    const told = diagnosis.fixes.flatMap(({ simulated }) => (simulated === undefined ? [] : [simulated]));
    expect(told).to.have.length.above(0);
    for (const one of told) expect(one).to.deep.equal({ answer: "not-asked", detail: "No time was left to ask." });
  });
});
