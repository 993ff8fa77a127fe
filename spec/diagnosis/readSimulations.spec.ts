import { expect } from "chai";
import { diagnose, newJudge, type Snapshot } from "../../lib/index.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";

const action = "backup-storage:MountCapsule";

/** A simulation of an action without a resource type, and what it says of the unread identity policies. */
function simulated(snapshot: Snapshot, results: Record<string, unknown>) {
  return {
    input: { PolicySourceArn: snapshot.caller.principalArn, ResourceArns: ["*"] },
    results: [{ EvalActionName: action, EvalResourceName: "*", ...results } as object],
  };
}

function unread(): Snapshot {
  return buildSnapshot([], {
    "policies.identity": { status: "notRead" },
    "policies.permissionsBoundary": { status: "notRead" },
  });
}

function verdicts(snapshot: Snapshot) {
  const layers = diagnose(snapshot).actions.find((one) => one.action === action)?.layers;
  return [layers?.["identity-policy"].verdict, layers?.["permissions-boundary"].verdict];
}

describe("A simulation that was read before", () => {
  it("is read anew where its answer was changed since", () => {
    const snapshot = unread();
    const call = simulated(snapshot, { EvalDecision: "allowed" });
    snapshot.simulation = { status: "read", value: [call] };
    const before = [verdicts(snapshot), verdicts(snapshot), verdicts(snapshot)];

    Object.assign(call.results[0] ?? {}, { EvalDecision: "implicitDeny" });

    expect(before).to.eql(Array.from({ length: 3 }, () => ["allowed", "allowed"]));
    expect(verdicts(snapshot)[0]).to.equal("implicitDeny");
  });

  for (const [what, odd] of [
    ["a number that JSON does not hold", 1n],
    [
      "what cannot be copied",
      () => {
        throw new Error("nobody calls this");
      },
    ],
    ["more parts than AWS answers", Array.from({ length: 30_000 }, () => 0)],
  ] as const) {
    it(`with ${what} is heard each time`, () => {
      const snapshot = unread();
      const call = simulated(snapshot, { EvalDecision: "allowed" });
      Object.assign(call.input, { Odd: odd });
      snapshot.simulation = { status: "read", value: [call] };

      expect([1, 2, 3].map(() => verdicts(snapshot))).to.eql(Array.from({ length: 3 }, () => ["allowed", "allowed"]));
    });
  }

  it("beside another one counts first, and the other one for what it leaves open", () => {
    const snapshot = unread();
    const first = simulated(snapshot, {
      EvalDecision: "explicitDeny",
      MatchedStatements: [{ SourcePolicyId: "NoVaults", SourcePolicyType: "IAM Policy" }],
    });
    const second = simulated(snapshot, { EvalDecision: "allowed" });
    snapshot.simulation = { status: "read", value: [first, second] };

    expect(verdicts(snapshot)).to.eql(["explicitDeny", "allowed"]);
    expect(verdicts(snapshot)).to.eql(["explicitDeny", "allowed"]);
  });

  it("names another policy, or none, in another snapshot, though it says the same", () => {
    const judge = newJudge();
    // Of which one policy could not be read, so that the simulator decides.
    const statement = { Effect: "Allow", Action: "*", Resource: "*" };
    const open = { name: "Open", document: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
    const odd = { name: "Odd", document: null, unreadable: "AccessDenied" };
    const snapshot = buildSnapshot([], { "policies.identity": [open, odd] });
    const asked = ["NoVaults", "NoCapsules", null, "NoVaults", null].flatMap((name) => [name, name, name]);

    const named = asked.map((SourcePolicyId) => {
      const call = simulated(snapshot, {
        EvalDecision: "explicitDeny",
        ...(SourcePolicyId !== null && { MatchedStatements: [{ SourcePolicyId, SourcePolicyType: "IAM Policy" }] }),
      });
      const told = { ...snapshot, simulation: { status: "read" as const, value: [call] } };
      expect(judge.diagnose(told)).to.deep.equal(newJudge().diagnose(structuredClone(told)));
      return judge.diagnose(told).blockers[0]?.policy?.name ?? null;
    });

    expect(named).to.eql(asked);
  });
});
