import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import type { Blocker, Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { type Layer, layers } from "../../lib/facts/layers.js";
import type { Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import type { PolicyStatement } from "../oracle/PolicyDocument.js";
import { arbitrarySnapshot, type Knowledge } from "../random/arbitrarySnapshot.js";
import { mapPolicies, type PolicyPlace, withStatements } from "../random/mapPolicies.js";
import { runs } from "../random/runs.js";

/** Snapshots take longer to shrink than to read; what fails is replayed by its seed, which fast-check tells. */
const often = { numRuns: runs(600), endOnFailure: true };

const say = (snapshot: Snapshot) => diagnose(snapshot, { fixes: false });

/** Layers whose statements name principals. */
const namesPrincipals: readonly Layer[] = ["resource-control-policy", "key-policy", "vpc-endpoint-policy"];

const deny: fc.Arbitrary<PolicyStatement> = fc.record(
  {
    Effect: fc.constant("Deny" as const),
    Action: fc.constantFrom("*", "kms:*", "backup:*", "kms:CreateGrant", "backup-storage:MountCapsule", "s3:*"),
    Resource: fc.constantFrom("*", "arn:aws:kms:*:*:key/*", "arn:aws*:backup:*:*:backup-vault:*"),
    Condition: fc.constantFrom<NonNullable<PolicyStatement["Condition"]>>(
      { Bool: { "aws:ViaAWSService": "true" } },
      { StringNotEquals: { "aws:SourceVpce": "vpce-0bbb" } },
      { Null: { "aws:SourceIdentity": "true" } },
    ),
  },
  { requiredKeys: ["Effect", "Action", "Resource"] },
);

/** What the diagnosis answers "allowed" to: "outcome", actions, and layers of actions. */
function allowedIn({ outcome, actions }: Diagnosis): string[] {
  return [
    ...(outcome === "allowed" ? ["outcome"] : []),
    ...actions.flatMap(({ action, verdict, layers: own }) => [
      ...(verdict === "allowed" ? [action] : []),
      ...layers.filter((layer) => own[layer].verdict === "allowed").map((layer) => `${layer} of ${action}`),
    ]),
  ];
}

/** Changes one of the snapshot's policies, the one that `pick` leads to. */
function changeOne(snapshot: Snapshot, pick: number, change: (policy: Policy, place: PolicyPlace) => Policy): Snapshot {
  let count = 0;
  mapPolicies(snapshot, (policies) => {
    count += policies.length;
    return policies;
  });
  const chosen = count === 0 ? -1 : pick % count;
  let index = -1;
  return mapPolicies(snapshot, (policies, place) =>
    policies.map((policy) => {
      index += 1;
      return index === chosen ? change(policy, place) : policy;
    }),
  );
}

/** What a person is told, without what hangs on the order in which policies and statements stand. */
function withoutOrder({ outcome, blockingLayer, blockers, suspects, actions }: Diagnosis) {
  const places = (texts: readonly string[]) => texts.map((text) => text.replace(/\[\d+\]/g, "[]")).sort();
  return {
    outcome,
    blockingLayer,
    blockers: blockers
      .map(({ layer, effect, actions: own, certainty, policy, statement, target }) =>
        JSON.stringify([layer, effect, own, certainty, policy, statement?.sid ?? null, target]),
      )
      .sort(),
    suspects: suspects.map(({ layer, actions: own, dependsOn }) => ({ layer, own, dependsOn: places(dependsOn) })),
    actions: actions.map(({ action, verdict, layers: own }) => ({
      action,
      verdict,
      layers: layers.map((layer) => [layer, own[layer].verdict, places(own[layer].dependsOn)]),
    })),
  };
}

/** The snapshot without the statement that a blocker names. */
function without(snapshot: Snapshot, { layer, target, policy: named, statement }: Blocker): Snapshot {
  return mapPolicies(snapshot, (policies, place) =>
    policies.map((policy) =>
      place.layer === layer && place.target === target && policy.name === named?.name
        ? withStatements(policy, (statements) => statements.filter((_, index) => index !== statement?.index))
        : policy,
    ),
  );
}

function verdictOf(diagnosis: Diagnosis, action: string, layer: Layer) {
  return diagnosis.actions.find((row) => row.action === action)?.layers[layer].verdict;
}

describe("whatever the snapshot", function () {
  this.timeout(60_000);

  for (const knowledge of ["known", "unknown"] as const satisfies Knowledge[]) {
    const snapshots = arbitrarySnapshot(knowledge);
    const kind = knowledge === "known" ? "everything known" : "something unknown";

    it(`another Deny in any policy allows nothing that was not allowed (${kind})`, () => {
      fc.assert(
        fc.property(snapshots, fc.nat(), deny, (snapshot, pick, statement) => {
          const before = allowedIn(say(snapshot));

          const after = changeOne(snapshot, pick, (policy, { layer }) =>
            withStatements(policy, (statements) => [
              ...statements,
              namesPrincipals.includes(layer) ? { ...statement, Principal: "*" } : statement,
            ]),
          );

          expect(before).to.include.members(allowedIn(say(after)));
        }),
        often,
      );
    });

    it(`an Allow taken out of any policy allows nothing that was not allowed (${kind})`, () => {
      fc.assert(
        fc.property(snapshots, fc.nat(), fc.nat(), (snapshot, pick, which) => {
          const before = allowedIn(say(snapshot));

          const after = changeOne(snapshot, pick, (policy) =>
            withStatements(policy, (statements) => {
              const allows = statements.filter(({ Effect }) => Effect === "Allow");
              const taken = allows[which % Math.max(1, allows.length)];
              return statements.filter((statement) => statement !== taken);
            }),
          );

          expect(before).to.include.members(allowedIn(say(after)));
        }),
        often,
      );
    });

    it(`the order of statements and of policies never matters (${kind})`, () => {
      fc.assert(
        fc.property(snapshots, (snapshot) => {
          const backward = mapPolicies(snapshot, (policies) =>
            policies.map((policy) => withStatements(policy, (statements) => statements.toReversed())).toReversed(),
          );

          expect(withoutOrder(say(backward))).to.deep.equal(withoutOrder(say(snapshot)));
        }),
        often,
      );
    });
  }

  it("without the statement that denies, the layer denies only what another of its statements denies too", () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(arbitrarySnapshot("known"), arbitrarySnapshot("unknown")), (snapshot) => {
        const before = say(snapshot);
        const denials = before.blockers.filter(({ effect, certainty }) => {
          return effect === "explicitDeny" && certainty === "confirmed";
        });
        for (const blocker of denials) {
          taken += 1;

          const after = say(without(snapshot, blocker));

          for (const action of blocker.actions) {
            const isDeniedTwice = before.blockers.some(
              (other) =>
                other !== blocker &&
                other.layer === blocker.layer &&
                other.effect === "explicitDeny" &&
                other.actions.includes(action),
            );
            expect(
              verdictOf(after, action, blocker.layer) === "explicitDeny",
              `${blocker.layer} of ${action}`,
            ).to.equal(isDeniedTwice);
          }
        }
      }),
      { ...often, numRuns: runs(1200) },
    );
    expect(taken, "statements that were taken away").to.be.greaterThan(runs(40));
  });
});
