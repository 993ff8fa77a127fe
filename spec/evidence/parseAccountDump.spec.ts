import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { parseAccountDump } from "../../lib/evidence/parseAccountDump.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html; aws-behaviour, iam-account-details
const account = "444455556666";
const creator = `arn:aws:iam::${account}:policy/Creator`;
const attached = [{ PolicyName: "Creator", PolicyArn: creator }];
const all = (Effect: "Allow" | "Deny") => ({
  Version: "2012-10-17",
  Statement: [{ Effect, Action: "*", Resource: "*" }],
});
const role = {
  Arn: `arn:aws:iam::${account}:role/team/Deployer`,
  CreateDate: "2026-01-01T00:00:00+00:00",
  AttachedManagedPolicies: attached,
  RolePolicyList: [],
  Tags: [],
};
const user = {
  Arn: `arn:aws:iam::${account}:user/alice`,
  CreateDate: "2026-01-01T00:00:00+00:00",
  AttachedManagedPolicies: attached,
  GroupList: [],
  Tags: [],
};
const managed = {
  Arn: creator,
  DefaultVersionId: "v1",
  PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document: all("Allow") }],
};

const without = (detail: object, ...members: string[]) =>
  Object.fromEntries(Object.entries(detail).filter(([name]) => !members.includes(name)));

/** The snapshot of the one principal of a dump. */
function snapshotOf(dump: object): Snapshot {
  const source = parseAccountDump(JSON.stringify({ Policies: [managed], ...dump }));
  const [[detail] = []] = source.principals() as Iterable<Parameters<typeof source.snapshotOf>[1][]>;
  if (detail === undefined) throw new Error("the dump has no principal");
  return source.snapshotOf(buildSnapshot([], {}), detail);
}

/** What the identity policies say to CreateBackupVault. */
const verdictOf = (dump: object) =>
  diagnose(snapshotOf(dump), { fixes: false }).actions[0]?.layers["identity-policy"].verdict;

describe("A dump of an account", () => {
  for (const [what, dump] of [
    ["a role", { RoleDetailList: [role] }],
    ["a user without inline policies, whose list of them AWS leaves out", { UserDetailList: [user] }],
  ] as const) {
    it(`tells all of ${what}`, () => {
      const { caller, policies } = snapshotOf(dump);

      expect(verdictOf(dump)).to.equal("allowed");
      expect(policies.permissionsBoundary).to.deep.equal({ status: "none" });
      expect(caller.tags).to.deep.equal({ status: "none" });
    });
  }

  for (const [flags, Effect] of [
    [[false, true], "Deny"],
    [[true, false], "Allow"],
  ] as const) {
    it(`without the versions' names counts the one that is the default (${flags.join(", ")})`, () => {
      const [first, second] = flags;
      const PolicyVersionList = [
        { IsDefaultVersion: first, Document: all("Allow") },
        { IsDefaultVersion: second, Document: all("Deny") },
      ];

      const verdict = verdictOf({ RoleDetailList: [role], Policies: [{ Arn: creator, PolicyVersionList }] });

      expect(verdict).to.equal(Effect === "Deny" ? "explicitDeny" : "allowed");
    });
  }

  for (const [what, dump] of [
    ["a role of which the ARN alone was kept", { RoleDetailList: [{ Arn: role.Arn }] }],
    ["a role's managed policies", { RoleDetailList: [without(role, "AttachedManagedPolicies")] }],
    ["a role's inline policies", { RoleDetailList: [without(role, "RolePolicyList")] }],
    ["a user of whom the ARN alone was kept", { UserDetailList: [{ Arn: user.Arn }] }],
    ["a user's managed policies", { UserDetailList: [without(user, "AttachedManagedPolicies")] }],
    ["a user's groups", { UserDetailList: [without(user, "GroupList")] }],
    ["a user's inline policies, where members were filtered out", { UserDetailList: [without(user, "CreateDate")] }],
    [
      "a group's inline policies",
      {
        UserDetailList: [{ ...user, GroupList: ["Admins"] }],
        GroupDetailList: [{ GroupName: "Admins", AttachedManagedPolicies: [] }],
      },
    ],
    [
      "a group's managed policies",
      {
        UserDetailList: [{ ...user, GroupList: ["Admins"] }],
        GroupDetailList: [{ GroupName: "Admins", GroupPolicyList: [] }],
      },
    ],
  ] as const) {
    it(`that does not list ${what} leaves open what they say`, () => {
      expect(verdictOf(dump)).to.equal("unknown");
    });
  }

  it("still tells a Deny that is there, where other policies are not listed", () => {
    const RolePolicyList = [{ PolicyName: "Own", PolicyDocument: all("Deny") }];

    const verdict = verdictOf({ RoleDetailList: [{ ...without(role, "AttachedManagedPolicies"), RolePolicyList }] });

    expect(verdict).to.equal("explicitDeny");
  });

  it("without tags, or without a boundary where members were filtered out, says that they were not read", () => {
    const untagged = snapshotOf({ RoleDetailList: [without(role, "Tags")] });
    const filtered = snapshotOf({ RoleDetailList: [without(role, "CreateDate")] });

    expect(untagged.caller.tags).to.deep.equal({ status: "notRead" });
    expect(filtered.policies.permissionsBoundary).to.deep.equal({ status: "notRead" });
  });
});
