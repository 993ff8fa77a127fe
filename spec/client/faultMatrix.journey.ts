import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { systemClock } from "../../lib/aws/Clock.js";
import { account, type Emulator, type Fault, group, key, user, type World, world } from "../../lib/emulator/index.js";
import { type ReadFact, reads } from "../../lib/facts/reads.js";
import { BackupVaultAccessDeniedError, createBackupVault, DenialAwareBackupClient } from "../../lib/index.js";
import { built } from "../built.js";
import { served } from "../emulator/served.js";
import { accountId, allow, deny, keyArn, memberWorld } from "../emulator/worlds.js";
import { faultKinds, type Service } from "./faultKinds.js";
import { quietClock } from "./quietClock.js";
import { evidenceFrom, input, opaque, rejection } from "./refusals.js";
import { watchErrors } from "./watchErrors.js";

const run = promisify(execFile);
const child = built("spec/client/faultMatrix.child.ts");

/** One full diagnosis: its diagnostic calls, and for each the others that cannot be made without its answer. */
interface Scene {
  of: string;
  door: "createBackupVault" | "DenialAwareBackupClient";
  world: () => World;
  /** What goes wrong in it anyhow. */
  faults?: Fault[];
  calls: Record<string, readonly string[]>;
}

const attachedPolicies = ["arn:aws:iam::aws:policy/AWSBackupFullAccess"];
/** A role's calls after sts:GetCallerIdentity. */
const aboutTheCaller = [
  "iam:GetRole",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "iam:GetRolePolicy",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:SimulatePrincipalPolicy",
  "organizations:DescribeAccount",
  "organizations:ListParents",
  "organizations:ListPoliciesForTarget",
  "organizations:DescribePolicy",
  "kms:CreateGrant (dry run)",
  "kms:GenerateDataKey (dry run)",
  "kms:Decrypt (dry run)",
  "kms:DescribeKey (dry run)",
];

const roleWorld = () =>
  memberWorld({
    boundary: allow("backup:*", "kms:*"),
    serviceControl: deny("ec2:*"),
    role: { attachedPolicies },
  });

const userWorld = () =>
  world({
    region: "us-west-2",
    caller: { arn: `arn:aws:iam::${accountId}:user/alice` },
    accounts: [
      account({
        id: accountId,
        users: [
          user({ name: "alice", groups: ["Operators"], inlinePolicies: [{ name: "Keys", document: allow("kms:*") }] }),
        ],
        groups: [group({ name: "Operators", inlinePolicies: [{ name: "Vaults", document: allow("backup:*") }] })],
        keys: [key({ arn: keyArn })],
      }),
    ],
  });

const scenes: Scene[] = [
  {
    of: "a role in an organization, with a boundary and dry runs",
    door: "createBackupVault",
    world: roleWorld,
    calls: {
      "sts:GetCallerIdentity": aboutTheCaller,
      "iam:GetRole": [],
      "iam:ListAttachedRolePolicies": [],
      "iam:ListRolePolicies": ["iam:GetRolePolicy"],
      "iam:GetRolePolicy": [],
      "iam:GetPolicy": ["iam:GetPolicyVersion"],
      "iam:GetPolicyVersion": [],
      "iam:SimulatePrincipalPolicy": [],
      "kms:DescribeKey": ["kms:DescribeKey (dry run)"],
      "kms:GetKeyPolicy": [],
      "kms:ListGrants": [],
      "kms:ListAliases": [],
      "kms:ListResourceTags": [],
      "kms:CreateGrant (dry run)": [],
      "kms:GenerateDataKey (dry run)": [],
      "kms:Decrypt (dry run)": [],
      "organizations:DescribeOrganization": [],
      "organizations:DescribeAccount": [],
      "organizations:ListRoots": [],
      "organizations:ListPoliciesForTarget": ["organizations:DescribePolicy"],
      "organizations:DescribePolicy": [],
    },
  },
  {
    of: "a role whose account's place is told by its parents",
    door: "createBackupVault",
    world: roleWorld,
    faults: [
      {
        effect: "error",
        service: "organizations",
        operation: "DescribeAccount",
        code: "AccessDeniedException",
        status: 400,
      },
    ],
    calls: { "organizations:ListParents": ["organizations:ListPoliciesForTarget", "organizations:DescribePolicy"] },
  },
  {
    of: "a user in a group",
    door: "DenialAwareBackupClient",
    world: userWorld,
    calls: {
      "iam:GetUser": [],
      "iam:ListAttachedUserPolicies": [],
      "iam:ListUserPolicies": ["iam:GetUserPolicy"],
      "iam:GetUserPolicy": [],
      "iam:ListGroupsForUser": ["iam:ListAttachedGroupPolicies", "iam:ListGroupPolicies", "iam:GetGroupPolicy"],
      "iam:ListAttachedGroupPolicies": [],
      "iam:ListGroupPolicies": ["iam:GetGroupPolicy"],
      "iam:GetGroupPolicy": [],
    },
  },
];

/** The refusal as the door throws it, with what came from AWS and how long it took by the clock. */
async function refused({ door, world, faults = [] }: Scene, fault: Fault | null) {
  const time = quietClock((operation) => fault?.effect === "hang" && operation === fault.operation);
  const { now, after } = systemClock;
  Object.assign(systemClock, { now: time.clock.now, after: time.clock.after });
  try {
    return await served(
      { world: world(), faults: [...faults, ...(fault === null ? [] : [fault])] },
      async (emulator) => {
        const options = { evidence: evidenceFrom(emulator), probe: "dry-run" as const };
        const config = emulator.clientConfig();
        const client =
          door === "createBackupVault" ? new BackupClient(config) : new DenialAwareBackupClient(config, options);
        const thrown = watchErrors(client);
        time.watch(client.config.requestHandler);
        const sent =
          door === "createBackupVault"
            ? createBackupVault(client, input, options)
            : client.send(new CreateBackupVaultCommand(input));
        const error = (await rejection(sent)) as BackupVaultAccessDeniedError;
        client.destroy();
        return { error, original: thrown[0], passed: time.passed(), timersLeft: time.left() };
      },
    );
  } finally {
    time.stop();
    Object.assign(systemClock, { now, after });
  }
}

const named = (error: BackupVaultAccessDeniedError, status: string) =>
  new Set(error.diagnosis.evidence.filter((one) => one.status === status).map(({ call }) => call));

const blockersOf = ({ blockers }: BackupVaultAccessDeniedError) =>
  blockers.map(({ layer, effect, actions }) => `${layer} ${effect} ${actions.join(" ")}`);

describe("The fault matrix: a refusal is explained though a diagnostic call", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  before(() => process.on("unhandledRejection", note));
  after(() => process.off("unhandledRejection", note));

  // A dry run of DescribeKey is DescribeKey itself.
  const covered = [...scenes.flatMap(({ calls }) => Object.keys(calls)), "kms:DescribeKey (dry run)"];

  it("covers every call that a diagnosis makes", () => {
    expect(covered).to.have.members([
      ...Object.entries<ReadFact>(reads).flatMap(([name, { onDemand }]) => (onDemand === true ? [] : name)),
      ...["CreateGrant", "GenerateDataKey", "Decrypt", "DescribeKey"].map((operation) => `kms:${operation} (dry run)`),
    ]);
  });

  for (const scene of scenes) {
    describe(`of ${scene.of}`, () => {
      let whole: BackupVaultAccessDeniedError;
      before(async () => {
        whole = (await refused(scene, null)).error;
        expect([...named(whole, "answered")]).to.include.members(Object.keys(scene.calls));
        expect(covered).to.include.members(whole.diagnosis.evidence.map(({ call }) => call));
        expect(whole.blockers).to.have.length.above(0);
      });

      for (const [call, hangOnIt] of Object.entries(scene.calls)) {
        for (const [kind, { fault, statuses, detail }] of Object.entries(faultKinds)) {
          it(`${call} ${kind}`, async () => {
            const [service, operation] = call.replace(" (dry run)", "").split(":") as [Service, string];

            const { error, original, passed, timersLeft } = await refused(scene, fault({ service, operation }));

            // AWS's own refusal, by the deadline.
            expect(error).to.be.instanceOf(BackupVaultAccessDeniedError);
            expect(error.cause).to.equal(original);
            expect(error.name).to.equal("AccessDeniedException");
            expect(error.cause.message).to.equal(opaque);
            expect(error.$metadata.requestId).to.match(/^[\da-f-]{36}$/);
            expect(passed).to.be.at.most(5000);
            expect(timersLeft).to.equal(0);
            // All the rest of the evidence, and nothing wrong from it.
            const lost = [call, ...hangOnIt];
            expect([...named(error, "answered")]).to.include.members(
              [...named(whole, "answered")].filter((one) => !lost.includes(one)),
            );
            expect([...named(error, "skipped")]).to.deep.equal([]);
            for (const one of hangOnIt) expect([...named(error, "answered")]).to.not.include(one);
            // That KMS refuses a dry run is what it was asked for: it blocks that action.
            const isAnswer = kind === "is refused" && (call.endsWith("(dry run)") || call === "kms:DescribeKey");
            const told = blockersOf(error).filter((blocker) => !(isAnswer && blocker.endsWith(` kms:${operation}`)));
            expect(blockersOf(whole)).to.include.members(told);
            // The call itself, with what came of it.
            const own = error.diagnosis.evidence.filter((one) => one.call === call);
            expect(own).to.have.length.above(0);
            for (const one of own) {
              expect(one.status).to.be.oneOf(statuses);
              if (detail !== null) expect(one.detail).to.match(detail);
            }
            expect(unhandled).to.deep.equal([]);
          });
        }
      }
    });
  }
});

/** A refusal in a process of its own, which nobody ends; rejects where it does not end by itself. */
async function refusedElsewhere(emulator: Emulator, stuck: string): Promise<unknown> {
  const { stdout, stderr } = await run(process.execPath, [child], {
    timeout: 30_000,
    env: {
      ...process.env,
      NODE_NO_WARNINGS: "1",
      ENDPOINT: emulator.url,
      CALLER: JSON.stringify(emulator.clientConfig().credentials),
      AUDITOR: JSON.stringify(emulator.auditor),
      STUCK: stuck,
    },
  });
  expect(stderr.replace(/^.*- WARN - .*\n/gm, "")).to.equal("");
  return JSON.parse(stdout);
}

describe("After a refusal that was explained, the process ends by itself", function () {
  this.timeout(60_000);

  for (const [kind, { fault }] of Object.entries(faultKinds)) {
    it(`though a diagnostic call ${kind}`, () =>
      served(
        { world: roleWorld(), faults: [fault({ service: "iam", operation: "ListRolePolicies" })] },
        async (emulator) => {
          // The emulator goes on: a call that hangs still hangs there.
          const told = await refusedElsewhere(emulator, kind === "hangs" ? "ListRolePolicies" : "");

          expect(told).to.deep.equal({
            name: "AccessDeniedException",
            blockingLayer: "permissions-boundary",
            timersLeft: 0,
          });
        },
      ));
  }
});
