import { expect } from "chai";
import { type Emulator, group, user, type World } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { accountId, allow, allSeven, deny, memberWorld } from "../emulator/worlds.js";
import { collected, settings } from "./collected.js";
import { roundTrips } from "./roundTrips.js";

async function depthOf(emulator: Emulator): Promise<string[][]> {
  const { handler, rounds } = roundTrips(emulator);
  const caller = { ...settings(emulator), requestHandler: handler };
  const { calls } = await collected(emulator, {
    options: { caller, evidence: { ...caller, credentials: emulator.auditor }, inFlight: 1000 },
  });
  expect(calls.filter(({ status }) => status !== "answered")).to.deep.equal([]);
  return rounds;
}

/** The world with alice, a user in a group, as its caller. */
function withUserInGroups(base: World): World {
  return {
    ...base,
    caller: { arn: `arn:aws:iam::${accountId}:user/alice` },
    accounts: base.accounts.map((one) =>
      one.id === accountId
        ? {
            ...one,
            users: [user({ name: "alice", groups: ["Admins"] })],
            groups: [
              group({
                name: "Admins",
                inlinePolicies: [{ name: "All", document: allSeven }],
                attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"],
              }),
            ],
          }
        : one,
    ),
  };
}

/** The calls of a round, each with how often it was made. */
function counted(round: readonly string[]): string[] {
  return [...new Set(round)].map((name) => {
    const times = round.filter((one) => one === name).length;
    return times === 1 ? name : `${name} x${times}`;
  });
}

describe("The depth of a diagnosis", () => {
  it("is four round trips for a role with attached policies and a boundary, in an organization", () =>
    served(
      {
        world: memberWorld({
          boundary: allow("*"),
          serviceControl: deny("ec2:*"),
          resourceControl: deny("kms:PutKeyPolicy"),
          role: { attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"] },
        }),
      },
      async (emulator) => {
        const rounds = await depthOf(emulator);
        expect(rounds).to.have.length.at.most(4);
        expect(rounds[0]).to.include.members([
          "GetCallerIdentity",
          "DescribeKey",
          "GetKeyPolicy",
          "DescribeOrganization",
        ]);
        expect(rounds[1]).to.include.members([
          "GetRole",
          "ListAttachedRolePolicies",
          "ListRolePolicies",
          "DescribeAccount",
        ]);
      },
    ));

  it("is five round trips for a user in groups, in an organization, each call made once", () =>
    served({ world: withUserInGroups(memberWorld({ serviceControl: deny("ec2:*") })) }, async (emulator) => {
      const rounds = await depthOf(emulator);
      expect(rounds.map(counted)).to.deep.equal([
        [
          "DescribeKey",
          "DescribeOrganization",
          "GetCallerIdentity",
          "GetKeyPolicy",
          "ListAliases",
          "ListGrants",
          "ListResourceTags",
          "ListRoots",
        ],
        ["DescribeAccount", "GetUser", "ListAttachedUserPolicies", "ListGroupsForUser", "ListUserPolicies"],
        ["ListAttachedGroupPolicies", "ListGroupPolicies", "ListPoliciesForTarget x6", "SimulatePrincipalPolicy x5"],
        ["DescribePolicy x3", "GetGroupPolicy", "GetPolicy"],
        ["GetPolicyVersion"],
      ]);
    }));

  it("asks no further where the account is in no organization", () =>
    served({ world: { ...withUserInGroups(memberWorld()), organizations: [] } }, async (emulator) => {
      await collected(emulator);
      expect(emulator.requests.map(({ operation }) => operation))
        .to.include("DescribeAccount")
        .and.not.include("ListParents");
    }));

  it("keeps to the limit of calls in flight", () =>
    served({ world: memberWorld({ serviceControl: deny("ec2:*") }) }, async (emulator) => {
      const { handler, rounds } = roundTrips(emulator);
      const caller = { ...settings(emulator), requestHandler: handler };
      await collected(emulator, { options: { caller, evidence: { ...caller, credentials: emulator.auditor } } });
      expect(Math.max(...rounds.map(({ length }) => length))).to.equal(8);
    }));
});
