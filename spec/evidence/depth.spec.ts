import { expect } from "chai";
import { account, type Emulator, group, key, user, world } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { accountId, allow, allSeven, deny, keyArn, memberWorld } from "../emulator/worlds.js";
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

  it("is five round trips for a user in groups", () =>
    served(
      {
        world: world({
          region: "us-west-2",
          caller: { arn: `arn:aws:iam::${accountId}:user/alice` },
          accounts: [
            account({
              id: accountId,
              users: [user({ name: "alice", groups: ["Admins"] })],
              groups: [
                group({
                  name: "Admins",
                  inlinePolicies: [{ name: "All", document: allSeven }],
                  attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"],
                }),
              ],
              keys: [key({ arn: keyArn })],
            }),
          ],
        }),
      },
      async (emulator) => {
        const { handler, rounds } = roundTrips(emulator);
        const caller = { ...settings(emulator), requestHandler: handler };
        await collected(emulator, {
          options: { caller, evidence: { ...caller, credentials: emulator.auditor }, inFlight: 1000 },
        });
        expect(rounds).to.have.length.at.most(5);
      },
    ));

  it("keeps to the limit of calls in flight", () =>
    served({ world: memberWorld({ serviceControl: deny("ec2:*") }) }, async (emulator) => {
      const { handler, rounds } = roundTrips(emulator);
      const caller = { ...settings(emulator), requestHandler: handler };
      await collected(emulator, { options: { caller, evidence: { ...caller, credentials: emulator.auditor } } });
      expect(Math.max(...rounds.map(({ length }) => length))).to.equal(8);
    }));
});
