import { expect } from "chai";
import { account, type Emulator, key, role, startEmulator, user, world } from "../../lib/emulator/index.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { handClock } from "../client/handClock.js";
import { served } from "../emulator/served.js";
import { accountId, allow, allSeven, deny, keyArn, managementId, memberWorld } from "../emulator/worlds.js";
import { collected, settings } from "./collected.js";

/** Until, of many requests, only one of this operation is open. */
function whenOnlyHanging(emulator: Emulator, operation: string): Promise<void> {
  return new Promise((resolve) => {
    emulator.subscribe(() => {
      const open = emulator.requests.filter(({ status }) => status === null);
      if (emulator.requests.length > 15 && open.every((entry) => entry.operation === operation)) resolve();
    });
  });
}

/** How often each call was made, sorted by name. */
function tally(emulator: { requests: readonly { service: string | null; operation: string }[] }): string[] {
  const counts = new Map<string, number>();
  for (const { service, operation } of emulator.requests) {
    const name = `${service}:${operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} x${count}`)).sort();
}

const guarded = () =>
  memberWorld({ boundary: allow("*"), serviceControl: deny("ec2:*"), resourceControl: deny("kms:PutKeyPolicy") });

describe("The evidence about a role", () => {
  it("is a snapshot that any door takes, and holds no credentials", () =>
    served({ world: guarded() }, async (emulator) => {
      const { snapshot } = await collected(emulator);
      expect(parseSnapshot(JSON.stringify(snapshot))).to.deep.equal(JSON.parse(JSON.stringify(snapshot)));
      const { secretAccessKey } = emulator.clientConfig().credentials;
      expect(JSON.stringify(snapshot)).not.to.include(secretAccessKey);
      expect(JSON.stringify(snapshot)).not.to.include(emulator.auditor.secretAccessKey);
    }));

  it("names the role by its real ARN, with its path and tags", () =>
    served({ world: guarded() }, async (emulator) => {
      const { caller } = (await collected(emulator)).snapshot;
      expect(caller.arn).to.equal(`arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`);
      expect(caller.principalArn).to.equal(`arn:aws:iam::${accountId}:role/team/Deployer`);
      expect(caller.tags).to.deep.equal({ status: "read", value: { team: "storage" } });
      expect(caller.userId).to.match(/^AROA\w+:ci-run-1$/);
    }));

  it("holds every policy with where it hangs", () =>
    served({ world: guarded() }, async (emulator) => {
      const { policies, key: keyEvidence } = (await collected(emulator)).snapshot;
      expect(policies.identity).to.have.nested.property("value[0].name", "CreateVault");
      expect(policies.identity).to.have.nested.property("value[0].attachedTo", "role/Deployer");
      expect(policies.permissionsBoundary).to.have.nested.property("value.name", "Boundary");
      expect(keyEvidence).to.have.nested.property("value.state", "Enabled");
      expect(keyEvidence).to.have.nested.property("value.policy.status", "read");
      expect(keyEvidence).to.have.nested.property("value.grants.status", "none");
    }));

  it("holds the organization's levels, root first and account last", () =>
    served({ world: guarded() }, async (emulator) => {
      const { organization, policies } = (await collected(emulator)).snapshot;
      expect(organization).to.deep.equal({
        status: "read",
        value: {
          id: "o-a1b2c3d4e5",
          managementAccountId: managementId,
          path: "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/",
        },
      });
      const levels = (evidence: typeof policies.serviceControl) =>
        evidence.status === "read"
          ? evidence.value.map((target) => [target.id, target.type, target.policies.map(({ name }) => name)])
          : evidence;
      expect(levels(policies.serviceControl)).to.deep.equal([
        ["r-ab12", "ROOT", ["FullAWSAccess"]],
        ["ou-ab12-11111111", "ORGANIZATIONAL_UNIT", ["FullAWSAccess", "Guard"]],
        [accountId, "ACCOUNT", ["FullAWSAccess"]],
      ]);
      expect(policies.resourceControl).to.have.nested.property("value[1].policies[0].name", "Fence");
    }));

  it("is asked for by no call too many", () =>
    served({ world: guarded() }, async (emulator) => {
      const { calls } = await collected(emulator);
      expect(tally(emulator)).to.deep.equal([
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "iam:SimulatePrincipalPolicy x5",
        "kms:DescribeKey",
        "kms:GetKeyPolicy",
        "kms:ListAliases",
        "kms:ListGrants",
        "kms:ListResourceTags",
        "organizations:DescribeAccount",
        "organizations:DescribeOrganization",
        "organizations:DescribePolicy x4",
        "organizations:ListPoliciesForTarget x6",
        "organizations:ListRoots",
        "sts:GetCallerIdentity",
      ]);
      expect(calls).to.have.length(emulator.requests.length);
      expect(calls.every(({ status }) => status === "answered")).to.equal(true);
    }));

  it("simulates MountCapsule without a resource, and always names the Region and the KMS context", () =>
    served({ world: guarded() }, async (emulator) => {
      const { simulation } = (await collected(emulator)).snapshot;
      if (simulation.status !== "read") throw new Error("expected the simulation to be read");
      type Input = {
        ActionNames: string[];
        ResourceArns?: string[];
        ContextEntries: { ContextKeyName: string; ContextKeyValues: string[]; ContextKeyType: string }[];
        ResourcePolicy?: string;
      };
      const inputs = simulation.value.map(({ input }) => input as Input);
      expect(inputs.flatMap(({ ActionNames }) => ActionNames)).to.have.members([
        "backup:CreateBackupVault",
        "backup-storage:MountCapsule",
        "kms:CreateGrant",
        "kms:GenerateDataKey",
        "kms:Decrypt",
        "kms:RetireGrant",
        "kms:DescribeKey",
      ]);
      for (const { ActionNames, ResourceArns, ContextEntries, ResourcePolicy } of inputs) {
        const names = ContextEntries.map(({ ContextKeyName }) => ContextKeyName.toLowerCase());
        expect(new Set(names).size).to.equal(names.length);
        expect(ResourcePolicy).to.equal(undefined);
        expect(ContextEntries).to.deep.include({
          ContextKeyName: "aws:RequestedRegion",
          ContextKeyValues: ["us-west-2"],
          ContextKeyType: "string",
        });
        if (ActionNames.includes("backup-storage:MountCapsule")) expect(ResourceArns).to.equal(undefined);
        if (ActionNames.some((action) => action.startsWith("kms:"))) {
          expect(ResourceArns).to.deep.equal([keyArn]);
          expect(ContextEntries).to.deep.include({
            ContextKeyName: "kms:ViaService",
            ContextKeyValues: ["backup.us-west-2.amazonaws.com"],
            ContextKeyType: "string",
          });
        }
      }
    }));

  it("goes on with the ARN without a path where GetRole is refused", () =>
    served({ world: guarded() }, async (emulator) => {
      emulator.inject({ effect: "error", service: "iam", operation: "GetRole", code: "AccessDenied", status: 403 });
      const { snapshot, calls } = await collected(emulator);
      expect(snapshot.caller.principalArn).to.equal(`arn:aws:iam::${accountId}:role/Deployer`);
      expect(snapshot.context).to.deep.equal({ "aws:PrincipalArn": { present: true } });
      expect(snapshot.policies.permissionsBoundary.status).to.equal("unreadable");
      expect(snapshot.policies.identity.status).to.equal("read");
      expect(snapshot.simulation.status).to.equal("read");
      const refused = calls.find(({ status }) => status === "refused");
      expect(refused?.call).to.equal("iam:GetRole");
      expect(refused?.detail).to.match(/needs iam:GetRole.*permissions-boundary/);
    }));

  it("goes on likewise where GetRole hangs, once its own time is over", () =>
    served(
      { world: guarded(), faults: [{ effect: "hang", service: "iam", operation: "GetRole" }] },
      async (emulator) => {
        const clock = handClock();
        const collecting = collected(emulator, { options: { callLimit: 2000, clock } });
        await whenOnlyHanging(emulator, "GetRole");
        clock.goTo(2000);
        const { snapshot, calls } = await collecting;
        expect(snapshot.caller.principalArn).to.equal(`arn:aws:iam::${accountId}:role/Deployer`);
        expect(snapshot.policies.permissionsBoundary).to.deep.equal({
          status: "unreadable",
          reason: "TimeoutError: not answered within 2000 ms",
        });
        expect(snapshot.simulation.status).to.equal("read");
        expect(calls.find(({ call }) => call === "iam:GetRole")).to.include({ status: "failed", milliseconds: 2000 });
      },
    ));

  it("names a role in question, of which no session is known, by its own ARN and id", () =>
    served({ world: guarded() }, async (emulator) => {
      const principalArn = `arn:aws:iam::${accountId}:role/team/Deployer`;
      const { caller } = (await collected(emulator, { request: { principalArn } })).snapshot;
      expect(caller).to.include({ arn: principalArn, principalArn });
      expect(caller.userId).to.match(/^AROA\w+$/);
    }));
});

describe("The evidence about others", () => {
  it("of a user holds the policies of its groups", () =>
    served(
      {
        world: world({
          region: "us-west-2",
          caller: { arn: `arn:aws:iam::${accountId}:user/staff/alice` },
          accounts: [
            account({
              id: accountId,
              users: [user({ name: "alice", path: "/staff/", groups: ["Admins"] })],
              groups: [
                {
                  name: "Admins",
                  inlinePolicies: [{ name: "All", document: allSeven }],
                  attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"],
                },
              ],
              keys: [key({ arn: keyArn })],
            }),
          ],
        }),
      },
      async (emulator) => {
        const { snapshot } = await collected(emulator);
        const { identity } = snapshot.policies;
        if (identity.status !== "read") throw new Error("expected the identity policies to be read");
        expect(identity.value.map(({ name, attachedTo }) => `${attachedTo} ${name}`)).to.have.members([
          "group/Admins AWSBackupFullAccess",
          "group/Admins All",
        ]);
        expect(snapshot.policies.serviceControl.status).to.equal("none");
        expect(snapshot.organization.status).to.equal("none");
      },
    ));

  it("of a user keeps its path where GetUser is refused", () =>
    served(
      {
        world: world({
          region: "us-west-2",
          caller: { arn: `arn:aws:iam::${accountId}:user/staff/alice` },
          accounts: [
            account({ id: accountId, users: [user({ name: "alice", path: "/staff/" })], keys: [key({ arn: keyArn })] }),
          ],
        }),
        faults: [{ effect: "error", service: "iam", operation: "GetUser", code: "AccessDenied", status: 403 }],
      },
      async (emulator) => {
        const { caller, context } = (await collected(emulator)).snapshot;
        expect(caller.principalArn).to.equal(`arn:aws:iam::${accountId}:user/staff/alice`);
        expect(context).to.deep.equal({});
      },
    ));

  it("of root asks for no policies and simulates nothing", () =>
    served(
      {
        world: world({
          region: "us-west-2",
          caller: { arn: `arn:aws:iam::${accountId}:root` },
          accounts: [account({ id: accountId, roles: [role({ name: "Other" })], keys: [key({ arn: keyArn })] })],
        }),
      },
      async (emulator) => {
        const { snapshot } = await collected(emulator);
        expect(snapshot.simulation.status).to.equal("notRead");
        expect(emulator.requests.filter(({ service }) => service === "iam")).to.deep.equal([]);
      },
    ));

  it("of a federated user simulates nothing and says that no API tells whose policies count", () =>
    served(
      {
        world: world({
          region: "us-west-2",
          caller: {
            arn: `arn:aws:sts::${accountId}:federated-user/bob`,
            issuerArn: `arn:aws:iam::${accountId}:user/alice`,
          },
          accounts: [account({ id: accountId, users: [user({ name: "alice" })], keys: [key({ arn: keyArn })] })],
        }),
      },
      async (emulator) => {
        const { snapshot } = await collected(emulator);
        expect(snapshot.simulation.status).to.equal("notRead");
        expect(snapshot.policies.identity).to.have.property("reason").that.contains("federated");
        expect(emulator.requests.filter(({ service }) => service === "iam")).to.deep.equal([]);
      },
    ));

  it("reads a managed policy once, however often it is attached", () =>
    served(
      {
        world: memberWorld({
          boundary: allow("*"),
          role: { attachedPolicies: [`arn:aws:iam::${accountId}:policy/Boundary`] },
        }),
      },
      async (emulator) => {
        const { policies } = (await collected(emulator)).snapshot;
        expect(tally(emulator)).to.include.members(["iam:GetPolicy", "iam:GetPolicyVersion"]);
        expect(policies.permissionsBoundary).to.have.nested.property("value.name", "Boundary");
        expect(policies.identity).to.have.nested.property("value[0].name", "Boundary");
      },
    ));

  it("finds no key where KMS knows none", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const encryptionKeyArn = keyArn.replace("1234abcd", "ffffffff");
      const { snapshot } = await collected(emulator, { request: { encryptionKeyArn } });
      expect(snapshot.key).to.deep.equal({ status: "none" });
    }));

  it("asks as few calls as it takes where nothing may be asked at all: none", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const { snapshot, calls } = await collected(emulator, { options: { skip: "not now" } });
      expect(emulator.requests).to.deep.equal([]);
      expect(calls).to.deep.equal([]);
      expect(snapshot.policies.identity).to.deep.equal({ status: "unreadable", reason: "not now" });
    }));
});

describe("Evidence of KMS itself", () => {
  it("is asked for, as the caller, only where the probe is wanted", () =>
    served({ world: memberWorld({ identity: allow("kms:CreateGrant", "kms:DescribeKey") }) }, async (emulator) => {
      expect((await collected(emulator)).snapshot).not.to.have.property("dryRun");
      const { snapshot, calls } = await collected(emulator, { options: { probe: "dry-run" } });
      expect(snapshot.dryRun).to.deep.equal({
        status: "read",
        value: [
          { action: "kms:CreateGrant", allowed: true },
          { action: "kms:GenerateDataKey", allowed: false },
          { action: "kms:Decrypt", allowed: false },
          { action: "kms:DescribeKey", allowed: true },
        ],
      });
      const probes = calls.filter(({ call }) => call.endsWith("(dry run)"));
      expect(probes.map(({ call, status }) => `${call}: ${status}`)).to.have.members([
        "kms:CreateGrant (dry run): answered",
        "kms:GenerateDataKey (dry run): refused",
        "kms:Decrypt (dry run): refused",
        "kms:DescribeKey (dry run): answered",
      ]);
    }));

  it("is not asked for somebody else", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const principalArn = `arn:aws:iam::${accountId}:role/team/Deployer`;
      const { snapshot } = await collected(emulator, { request: { principalArn }, options: { probe: "dry-run" } });
      expect(snapshot).not.to.have.property("dryRun");
    }));
});

describe("Collecting in bad weather", () => {
  it("asks again after throttling, and only as often as needed", () =>
    served({ world: memberWorld() }, async (emulator) => {
      emulator.inject({ effect: "throttle", service: "kms", operation: "GetKeyPolicy", times: 1 });
      const { snapshot } = await collected(emulator);
      expect(snapshot.key).to.have.nested.property("value.policy.status", "read");
      expect(emulator.requests.filter(({ operation }) => operation === "GetKeyPolicy")).to.have.length(2);
    }));

  it("does not ask again after a refusal", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const own = settings(emulator);
      emulator.inject({
        effect: "error",
        service: "organizations",
        operation: "DescribeOrganization",
        code: "AccessDeniedException",
        status: 400,
      });
      const { snapshot } = await collected(emulator, { options: { organization: own } });
      expect(emulator.requests.filter(({ operation }) => operation === "DescribeOrganization")).to.have.length(1);
      expect(snapshot.organization.status).to.equal("unreadable");
    }));

  it("keeps the rest of the evidence when the signal aborts over a call that hangs", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const giveUp = new AbortController();
      emulator.inject({ effect: "hang", service: "kms", operation: "GetKeyPolicy" });
      const answeredAll = new Promise<void>((resolve) => {
        emulator.subscribe(() => {
          const open = emulator.requests.filter(({ status }) => status === null);
          if (emulator.requests.length > 20 && open.length === 1) resolve();
        });
      });
      const collecting = collected(emulator, { options: { signal: giveUp.signal } });
      await answeredAll;
      giveUp.abort();
      const { snapshot, calls } = await collecting;
      expect(snapshot.key).to.have.nested.property("value.state", "Enabled");
      expect(snapshot.key).to.have.nested.property(
        "value.policy.reason",
        "DeadlineExceeded: not answered before the deadline",
      );
      expect(calls.find(({ call }) => call === "kms:GetKeyPolicy")?.status).to.equal("skipped");
    }));

  it("answers at once, with everything unreadable, when the signal was aborted before", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const { snapshot } = await collected(emulator, { options: { signal: AbortSignal.abort() } });
      expect(emulator.requests).to.deep.equal([]);
      expect(snapshot.policies.identity.status).to.equal("unreadable");
    }));

  it("goes by the denial's own words where STS does not answer", () =>
    served({ world: memberWorld() }, async (emulator) => {
      emulator.inject({ effect: "error", service: "sts", code: "InternalFailure", status: 500 });
      const arn = `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`;
      const { snapshot } = await collected(emulator, {
        options: {
          denial: {
            name: "AccessDeniedException",
            message: `User: ${arn} is not authorized to perform: backup:CreateBackupVault because no identity-based policy allows the backup:CreateBackupVault action`,
          },
        },
      });
      expect(snapshot.caller.arn).to.equal(arn);
      expect(snapshot.policies.identity.status).to.equal("read");
    }));

  it("survives an endpoint that is not there", async () => {
    const emulator = await startEmulator({ world: memberWorld() });
    await emulator.stop();
    const { snapshot, calls } = await collected(emulator);
    expect(snapshot.key.status).to.equal("unreadable");
    expect(calls.every(({ status }) => status === "failed")).to.equal(true);
  });
});
