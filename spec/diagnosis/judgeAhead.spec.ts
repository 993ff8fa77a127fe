import { expect } from "chai";
import { diagnose, diagnoseInTurn } from "../../lib/diagnose.js";
import { judgeAhead } from "../../lib/diagnosis/judgeAhead.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";

/** Twenty policies of twenty Denies each, none of which applies. */
const manyPolicies = Array.from({ length: 20 }, (_, policy) => ({
  name: `P${policy}`,
  document: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "*", Resource: "*" },
      ...Array.from({ length: 20 }, (_, index) => ({
        Sid: `Deny${policy}x${index}`,
        Effect: "Deny",
        Action: ["kms:*", "backup:*", "backup-storage:*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": `${policy}-${index}` } },
      })),
    ],
  }),
}));

describe("A diagnosis in turns", () => {
  it("of the largest policies pauses after each policy, and after each layer and question, and says the same", () => {
    const snapshot = buildSnapshot([], { "policies.identity": manyPolicies, "key.grants": "notRead" });
    const turns = [...judgeAhead(snapshot)].length;

    const told = inTurn(snapshot);

    expect(turns).to.be.at.least(manyPolicies.length + 7 * 8);
    expect(told.diagnosis).to.deep.equal(diagnose(structuredClone(snapshot)));
  });

  it("of ordinary policies does not pause before it", () => {
    expect([...judgeAhead(buildSnapshot([], {}))]).to.eql([]);
  });

  it("pauses for each blocker", () => {
    const snapshot = buildSnapshot([], {
      "policies.identity": ["Deny kms:CreateGrant", "Deny kms:Decrypt", "Deny backup:CreateBackupVault"],
    });

    const { diagnosis, pauses } = inTurn(snapshot);

    expect(diagnosis.blockers).to.have.length.above(1);
    expect(pauses).to.be.at.least(diagnosis.blockers.length);
    expect(diagnosis).to.deep.equal(diagnose(structuredClone(snapshot)));
  });
});

function inTurn(snapshot: Parameters<typeof diagnose>[0]) {
  const turns = diagnoseInTurn(snapshot);
  for (let pauses = 0; ; pauses += 1) {
    const turn = turns.next();
    if (turn.done === true) return { diagnosis: turn.value, pauses };
  }
}
