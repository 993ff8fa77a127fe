import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { diagnoseWith } from "../lib/diagnose.js";
import { requiredActions } from "../lib/facts/actions.js";
import { vaultArn } from "../lib/facts/arn.js";
import { diagnose, type Judge, newJudge, parseSnapshot, type Snapshot } from "../lib/index.js";
import { newPolicyMemory } from "../lib/policy/policyMemory.js";
import { layerEvidence } from "../lib/snapshot/layerEvidence.js";
import { type KnownLevels, type LevelMemory, newLevelMemory } from "../lib/verdict/KnownLevels.js";
import { arbitrarySnapshot } from "./emulator/arbitrarySnapshot.js";
import { runs } from "./random/runs.js";

const folder = `${import.meta.dirname}/examples`;
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".snapshot.json"))
  .map((name) => parseSnapshot(readFileSync(`${folder}/${name}`, "utf8")));

describe("A judge of many snapshots", () => {
  it("says of random snapshots, to the letter, what a fresh one says, after it has seen them all, in random order", function () {
    this.timeout(120_000);
    const seed = Number(process.env.JUDGE_SEED ?? Date.now() % 1_000_000);
    console.log(`      JUDGE_SEED=${seed}`);
    const snapshots = fc.sample(arbitrarySnapshot, { numRuns: runs(2000), seed });
    const judge = newJudge();
    const told = (one: Judge, snapshot: Snapshot) => JSON.stringify(one.diagnose(snapshot, { fixes: false }));
    for (const snapshot of snapshots) judge.diagnose(snapshot, { fixes: false });

    for (const at of shuffled(snapshots.length, seed)) {
      const snapshot = snapshots[at] ?? expect.fail("no snapshot");
      expect(told(judge, snapshot), `snapshot ${at}`).to.equal(told(newJudge(), snapshot));
    }
  });

  it("says of snapshots that are put together from parts of twenty, to the letter, what a fresh one says", function () {
    this.timeout(120_000);
    const seed = Number(process.env.JUDGE_SEED ?? Date.now() % 1_000_000);
    console.log(`      JUDGE_SEED=${seed}`);
    const parts = [...fc.sample(arbitrarySnapshot, { numRuns: 14, seed }), ...examples.slice(0, 6)].map(withTexts);
    const part = fc.nat(parts.length - 1);
    const other = fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: part });
    const mixtures = fc
      .sample(fc.tuple(part, fc.array(other, { minLength: 16, maxLength: 16 })), { numRuns: runs(4000), seed })
      .map(([most, others]) => others.map((one) => one ?? most));
    const simulations = fc.sample(fc.option(arbitrarySimulation, { nil: null, freq: 4 }), {
      numRuns: runs(4000),
      seed,
    });
    const judge = newJudge();

    for (const [at, from] of mixtures.entries()) {
      const mixed = mixture(parts, from);
      const simulated = simulations[at] ?? null;
      const snapshot = {
        ...mixed,
        ...(simulated !== null && { simulation: simulation(mixed, simulated) }),
        ...(at % 2 === 0 && { key: withUnreadGrants(mixed.key) }),
      };
      const told = (one: Judge) => JSON.stringify(one.diagnose(snapshot, { fixes: false }));
      expect(told(judge), `parts ${from.join()}`).to.equal(told(newJudge()));
    }
  });

  it("keeps no more for a thousand denials that each name another action than for a few", () => {
    const [example = expect.fail("no example")] = examples.filter(({ denial }) => denial !== null);
    const levels = newLevelMemory(newPolicyMemory({ mayChange: false }), { mayChange: false });
    const met = new Set<KnownLevels>();
    const memory: LevelMemory = (layer, evidence) => {
      const known = levels(layer, evidence);
      met.add(known);
      return known;
    };

    for (let number = 0; number < 1000; number += 1) {
      const message = `User: ${example.caller.arn} is not authorized to perform: s3:Get${number} on resource: * with an explicit deny`;
      diagnoseWith(memory, { ...example, denial: { name: "AccessDeniedException", message } }, { fixes: false });
    }

    const kept = [...met].map(({ ofLayer, ofKeyPolicy }) => Math.max(ofLayer.size, ofKeyPolicy.size));
    expect(Math.max(...kept)).to.be.within(8, 64);
  });

  it("forgets what single principals had, once many have come and gone", () => {
    const memory = newLevelMemory(newPolicyMemory({ mayChange: false }), { mayChange: false });
    const shared = Array.from({ length: 20 }, (_, number) => ({
      name: `Shared${number}`,
      document: textOf(`s3:Get${number}`),
    }));
    const ofPrincipal = (number: number) => {
      const [example = expect.fail("no example")] = examples;
      const own = { name: "Own", document: textOf(`sqs:Get${number}`) };
      const policies = { ...example.policies, identity: { status: "read" as const, value: [own, ...shared] } };
      const evidence = layerEvidence({ ...example, policies })["identity-policy"];
      if (evidence.status !== "read") expect.fail("the policies are read");
      return memory("identity-policy", evidence);
    };
    const first = ofPrincipal(0);
    expect(ofPrincipal(0)).to.equal(first);

    for (let number = 1; number < 250; number += 1) ofPrincipal(number);

    expect(ofPrincipal(0)).not.to.equal(first);
  });

  it("keeps nothing of a call whose context holds a text that no request of AWS has", () => {
    const [example = expect.fail("no example")] = examples;
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringLike: { "aws:SourceVpce": "*z" } } },
    });
    const identity = { status: "read" as const, value: [{ name: "P", document }] };
    const of = (value: string): Snapshot => ({
      ...example,
      context: { "aws:SourceVpce": value },
      policies: { ...example.policies, identity },
    });
    const levels = newLevelMemory(newPolicyMemory({ mayChange: false }), { mayChange: false });
    const kept: number[] = [];
    const memory: LevelMemory = (layer, evidence) => {
      const known = levels(layer, evidence);
      if (layer === "identity-policy") kept.push(known.ofLayer.get("backup:CreateBackupVault")?.length ?? 0);
      return known;
    };

    for (const value of ["z".repeat(3_000), "z".repeat(3_000), "z", "z"])
      diagnoseWith(memory, of(value), { fixes: false });

    expect(kept).to.eql([0, 0, 0, 1]);
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

/** A snapshot whose members are those of others, chosen one by one; policies that were the same stay the same. */
function mixture(parts: readonly Snapshot[], from: readonly number[]): Snapshot {
  let next = 0;
  const part = (): Snapshot => {
    const chosen = parts[from[next] ?? 0] ?? expect.fail("no part");
    next += 1;
    return chosen;
  };
  return {
    ...part(),
    request: part().request,
    caller: part().caller,
    context: part().context,
    policies: {
      identity: part().policies.identity,
      permissionsBoundary: part().policies.permissionsBoundary,
      session: part().policies.session,
      serviceControl: part().policies.serviceControl,
      resourceControl: part().policies.resourceControl,
      vpcEndpoint: part().policies.vpcEndpoint,
    },
    key: part().key,
    organization: part().organization,
    simulation: part().simulation,
    denial: part().denial,
    dryRun: part().dryRun,
    cloudTrail: part().cloudTrail,
  };
}

/** The same with its documents as texts, as AWS answers them. */
function withTexts(snapshot: Snapshot): Snapshot {
  return JSON.parse(JSON.stringify(snapshot), (name, value: unknown) =>
    name === "document" && value !== null && typeof value === "object" ? JSON.stringify(value) : value,
  ) as Snapshot;
}

function textOf(action: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: action, Resource: "*" } });
}

function withUnreadGrants(key: Snapshot["key"]): Snapshot["key"] {
  return key.status === "read" ? { ...key, value: { ...key.value, grants: { status: "notRead" } } } : key;
}

const arbitrarySimulation = fc.record({
  decision: fc.constantFrom("allowed", "implicitDeny", "explicitDeny"),
  organizations: fc.constantFrom(undefined, true, false),
  boundary: fc.constantFrom(undefined, true, false),
  region: fc.constantFrom(null, "us-west-2", "eu-west-1"),
  principalTag: fc.constantFrom(null, "a", "b"),
});

type Simulated = typeof arbitrarySimulation extends fc.Arbitrary<infer T> ? T : never;

/** The same answer of the simulator for all actions, each on its own resource. */
function simulation({ caller, request, key }: Snapshot, simulated: Simulated): Snapshot["simulation"] {
  const keyArn = key.status === "read" ? key.value.arn : request.encryptionKeyArn;
  const resources = {
    [vaultArn(request, request.backupVaultName)]: ["backup:CreateBackupVault", "backup:TagResource"],
    "*": ["backup-storage:MountCapsule"],
    ...(keyArn !== null && { [keyArn]: requiredActions.filter((action) => action.startsWith("kms:")) }),
  };
  const { decision, organizations, boundary, region, principalTag } = simulated;
  const entry = (name: string, value: string | null) =>
    value === null ? [] : [{ ContextKeyName: name, ContextKeyType: "string", ContextKeyValues: [value] }];
  const value = Object.entries(resources).map(([resource, actions]) => ({
    input: {
      PolicySourceArn: caller.principalArn,
      ResourceArns: [resource],
      ContextEntries: [...entry("aws:RequestedRegion", region), ...entry("aws:PrincipalTag/team", principalTag)],
    },
    results: actions.map((EvalActionName) => ({
      EvalActionName,
      EvalResourceName: resource,
      EvalDecision: decision,
      ...(organizations !== undefined && {
        OrganizationsDecisionDetail: { AllowedByOrganizations: organizations },
      }),
      ...(boundary !== undefined && { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: boundary } }),
    })),
  }));
  return { status: "read", value };
}
