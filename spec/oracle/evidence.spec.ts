import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { Grant, Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { arbitrarySnapshot } from "../random/arbitrarySnapshot.js";
import { chooser } from "../random/fillings.js";
import { runs } from "../random/runs.js";
import type { Filling } from "./Filling.js";
import { judge, judgeDirectCall } from "./judge.js";
import type { Layer } from "./Layer.js";
import { type RequestedAction, requestedActions } from "./requestedActions.js";

const fixed = 20_261_126;
const seeds = [fixed, Date.now() % 2 ** 31];
const say = (snapshot: Snapshot) => diagnose(snapshot, { fixes: false });

/** Decides by lot what AWS does not document, and what a probe brings along. */
function byLot(seed: number, { caller }: Snapshot): Filling {
  const choose = chooser(seed);
  const facts = new Map<string, boolean>();
  return {
    undocumented: (fact) => {
      const known = facts.get(fact) ?? choose(2) === 0;
      facts.set(fact, known);
      return known;
    },
    contextValue: (name) =>
      name === "kms:grantoperations" ? ["Decrypt"] : choose(2) === 0 ? caller.principalArn : null,
  };
}

/** What a person acts on. */
function answer({ outcome, blockers, actions }: Diagnosis) {
  return { outcome, blockers, verdicts: actions.map(({ action, verdict }) => [action, verdict]) };
}

describe("Evidence beside the policies, as the oracle makes it", function () {
  this.timeout(120_000);

  for (const seed of seeds) {
    it(`with everything readable, dry runs change nothing and contradict nothing (seed ${seed})`, () => {
      let refused = 0;
      fc.sample(arbitrarySnapshot("known"), { numRuns: runs(400), seed }).forEach((snapshot, index) => {
        const runs = (["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"] as const).map((action) => ({
          action,
          ...isProbed(snapshot, action, byLot(seed + index, snapshot)),
        }));
        refused += runs.filter(({ allowed }) => !allowed).length;

        const probed = say({ ...snapshot, dryRun: { status: "read", value: runs } });

        const about = `seed ${seed}, snapshot ${index}: ${JSON.stringify(runs)} of ${JSON.stringify(snapshot)}`;
        expect(answer(probed), about).to.deep.equal(answer(say(snapshot)));
        expect(probed.disagreements, about).to.deep.equal([]);
      });
      expect(refused).to.be.greaterThan(runs(100));
    });

    it(`a confirmed blocker stands whatever grants the key has (seed ${seed})`, () => {
      let confirmed = 0;
      fc.sample(arbitrarySnapshot("known"), { numRuns: runs(400), seed }).forEach((known, index) => {
        // That the AWS managed key has no grants makes nothing probable (rule 10).
        if (known.request.encryptionKeyArn === null) return;
        const snapshot = withoutGrants(known);
        const judged = everyGrant(snapshot).flatMap((grants) =>
          [true, false].map((fact) =>
            judge(snapshot, { ...byLot(seed + index, snapshot), undocumented: () => fact, grants }),
          ),
        );
        for (const { layer, actions, certainty } of say(snapshot).blockers) {
          if (certainty !== "confirmed") continue;
          confirmed += 1;
          const stands = actions.some(
            (action) =>
              !isOfTheSeven(action) ||
              judged.every((answers) => answers[action].deniedBy.some((one) => one.layer === layer)),
          );
          expect(
            stands,
            `seed ${seed}, snapshot ${index}: ${layer} on ${actions.join()} of ${JSON.stringify(snapshot)}`,
          ).to.equal(true);
        }
      });
      expect(confirmed).to.be.greaterThan(runs(100));
    });

    it(`CloudTrail's refusal of a forwarded action names its layer, though that layer was not read (seed ${seed})`, () => {
      let told = 0;
      fc.sample(arbitrarySnapshot("known"), { numRuns: runs(600), seed }).forEach((known, index) => {
        const judged = judge(known, byLot(seed + index, known));
        const isAskable = known.request.encryptionKeyArn === (known.key.status === "read" ? known.key.value.arn : null);
        const action = requestedActions.slice(1).find((one) => isRefusedByPolicy(judged[one].deniedBy));
        const [refusal] = action === undefined ? [] : judged[action].deniedBy;
        if (action === undefined || refusal === undefined || !isAskable) return;
        told += 1;
        const snapshot = withEvent(withoutLayer(known, refusal.layer), action, refusal);

        const { outcome, blockers } = say(snapshot);

        const about = `seed ${seed}, snapshot ${index}: ${action} by ${JSON.stringify(refusal)} of ${JSON.stringify(snapshot)}`;
        const blamed = blockers.filter(({ layer, effect }) => layer === refusal.layer && effect === refusal.effect);
        expect(outcome, about).to.equal("blocked");
        expect(
          blamed.flatMap(({ actions }) => actions),
          about,
        ).to.include(action);
      });
      expect(told).to.be.greaterThan(runs(20));
    });
  }
});

function isOfTheSeven(action: string): action is RequestedAction {
  return (requestedActions as readonly string[]).includes(action);
}

/** Whether KMS lets the caller's own call pass, and whether it refuses it for the key's state. */
function isProbed(snapshot: Snapshot, action: RequestedAction, filling: Filling) {
  const { allowed, deniedBy } = judgeDirectCall(snapshot, action, filling);
  const isForState = deniedBy.length > 0 && deniedBy.every(({ layer }) => layer === "key-state");
  return { allowed, ...(isForState && { keyState: "refused" as const }) };
}

function withoutGrants(snapshot: Snapshot): Snapshot {
  if (snapshot.key.status !== "read") return snapshot;
  const grants = { status: "unreadable", reason: "AccessDeniedException: you may not list grants" } as const;
  return { ...snapshot, key: { status: "read", value: { ...snapshot.key.value, grants } } };
}

/** No grants, and for each form of the caller and each issuer one of everything. */
function everyGrant({ caller, request, key }: Snapshot): Grant[][] {
  const root = (account: string) => `arn:${request.partition}:iam::${account}:root`;
  const owner = key.status === "read" ? key.value.accountId : request.accountId;
  const operations = ["CreateGrant", "DescribeKey", "RetireGrant", "Decrypt", "GenerateDataKey"];
  const grants = [caller.arn, caller.principalArn, root(request.accountId)].flatMap((granteePrincipal) =>
    [owner, request.accountId].map((account) => ({
      grantId: "filled-in",
      granteePrincipal,
      issuingAccount: root(account),
      operations,
    })),
  );
  return [[], ...grants.map((grant) => [grant]), grants];
}

const policyTypes: Partial<Record<Layer, string>> = {
  "identity-policy": "identity-based policy",
  "permissions-boundary": "permissions boundary",
  "session-policy": "session policy",
  "service-control-policy": "service control policy",
  "resource-control-policy": "resource control policy",
  "key-policy": "resource-based policy",
};

function isRefusedByPolicy(deniedBy: { layer: Layer }[]): boolean {
  return deniedBy.length === 1 && deniedBy.every(({ layer }) => policyTypes[layer] !== undefined);
}

function withoutLayer(snapshot: Snapshot, layer: Layer): Snapshot {
  const unread = { status: "unreadable", reason: "AccessDenied: you may not read this" } as const;
  const { policies, key } = snapshot;
  const others = (part: Partial<Snapshot["policies"]>): Snapshot => ({
    ...snapshot,
    policies: { ...policies, ...part },
  });
  switch (layer) {
    case "identity-policy":
      return others({ identity: unread });
    case "permissions-boundary":
      return others({ permissionsBoundary: unread });
    case "session-policy":
      return others({ session: unread });
    case "service-control-policy":
      return others({ serviceControl: unread });
    case "resource-control-policy":
      return others({ resourceControl: unread });
    case "key-policy": {
      const policy: Snapshot["policies"]["vpcEndpoint"] & { value?: Policy } = unread;
      return key.status === "read"
        ? { ...snapshot, key: { status: "read", value: { ...key.value, policy } } }
        : snapshot;
    }
    case "key-state":
    case "vpc-endpoint-policy":
      return snapshot;
  }
}

/** The opaque denial, and what CloudTrail has of the refused call. */
function withEvent(snapshot: Snapshot, action: string, { layer, effect }: { layer: Layer; effect: string }): Snapshot {
  const { caller, request, capturedAt } = snapshot;
  const [service = "", eventName = ""] = action.split(":");
  const type = policyTypes[layer] ?? "";
  const end =
    effect === "explicitDeny" ? `with an explicit deny in a ${type}` : `because no ${type} allows the ${action} action`;
  const keyArn = service === "kms" && request.encryptionKeyArn !== null ? { keyArn: request.encryptionKeyArn } : {};
  return {
    ...snapshot,
    denial: { name: "AccessDeniedException", message: "Insufficient privileges to perform this action." },
    cloudTrail: {
      status: "read",
      value: [
        {
          eventId: "e1",
          eventTime: capturedAt,
          eventSource: `${service}.amazonaws.com`,
          eventName,
          errorCode: "AccessDenied",
          errorMessage: `User: ${caller.arn} is not authorized to perform: ${action}${"keyArn" in keyArn ? ` on resource: ${keyArn.keyArn}` : ""} ${end}`,
          userArn: caller.arn,
          invokedBy: "backup.amazonaws.com",
          ...keyArn,
        },
      ],
    },
  };
}
