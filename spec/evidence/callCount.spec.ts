import { expect } from "chai";
import {
  account,
  type Emulator,
  group,
  key,
  organization,
  role,
  target,
  user,
  type World,
  world,
} from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { accountId, allow, allSeven, deny, keyArn, managementId } from "../emulator/worlds.js";
import { collected, settings } from "./collected.js";
import { roundTrips } from "./roundTrips.js";

const managed = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;
const units = Array.from({ length: 5 }, (_, at) => `ou-ab12-1111111${at}`);

/** Four managed policies, a boundary, seven levels from the root to the account; the user in five groups of one policy each. */
function largest(caller: "role" | "user"): World {
  const attachedPolicies = [1, 2, 3, 4].map((at) => managed(`Managed${at}`));
  const held = { attachedPolicies, permissionsBoundary: managed("Boundary") };
  const groups = [1, 2, 3, 4, 5].map((at) =>
    group({ name: `Group${at}`, attachedPolicies: [managed(`Managed${at % 4 || 4}`)] }),
  );
  const policy = (name: string) => ({
    name,
    arn: managed(name),
    versions: [{ id: "v1", document: allSeven, isDefault: true }],
  });
  return world({
    region: "us-west-2",
    caller: {
      arn:
        caller === "user"
          ? `arn:aws:iam::${accountId}:user/alice`
          : `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`,
    },
    accounts: [
      account({
        id: accountId,
        roles: [role({ name: "Deployer", ...held })],
        users: [user({ name: "alice", ...held, groups: groups.map(({ name }) => name) })],
        groups,
        policies: ["Managed1", "Managed2", "Managed3", "Managed4", "Boundary"].map(policy),
        keys: [key({ arn: keyArn })],
      }),
      account({
        id: managementId,
        roles: [role({ name: "Admin", inlinePolicies: [{ name: "All", document: allow("*") }] })],
      }),
    ],
    organizations: [
      organization({
        id: "o-a1b2c3d4e5",
        managementAccountId: managementId,
        targets: [
          target({ id: "r-ab12", type: "ROOT", name: "Root", policies: ["p-FullAWSAccess", "p-guard0001"] }),
          ...units.map((id, at) =>
            target({ id, type: "ORGANIZATIONAL_UNIT", name: `Unit${at}`, parentId: units[at - 1] ?? "r-ab12" }),
          ),
          target({ id: accountId, type: "ACCOUNT", name: "prod", parentId: units.at(-1) ?? "" }),
          target({ id: managementId, type: "ACCOUNT", name: "management", parentId: "r-ab12" }),
        ],
        policies: [{ id: "p-guard0001", name: "Guard", type: "SERVICE_CONTROL_POLICY", document: deny("ec2:*") }],
      }),
    ],
  });
}

/** How often each call is made, and how deep they are. */
async function counted(emulator: Emulator): Promise<{ rounds: number; calls: Record<string, number> }> {
  const { handler, rounds } = roundTrips(emulator);
  const caller = { ...settings(emulator), requestHandler: handler };
  await collected(emulator, {
    options: { caller, evidence: { ...caller, credentials: emulator.auditor }, inFlight: 1000 },
  });
  const calls: Record<string, number> = {};
  for (const name of rounds.flat()) calls[name] = (calls[name] ?? 0) + 1;
  return { rounds: rounds.length, calls };
}

/** What every caller costs: who calls, the key, the organization and its policies at seven levels, the simulator. */
const ofAll = {
  GetCallerIdentity: 1,
  DescribeKey: 1,
  GetKeyPolicy: 1,
  ListAliases: 1,
  ListGrants: 1,
  ListResourceTags: 1,
  DescribeOrganization: 1,
  ListRoots: 1,
  DescribeAccount: 1,
  // Service and resource control policies, at seven levels each: there is no call for both, nor for several targets.
  ListPoliciesForTarget: 14,
  DescribePolicy: 3,
  SimulatePrincipalPolicy: 5,
  // Four managed policies and the boundary: which version is the default, and that version.
  GetPolicy: 5,
  GetPolicyVersion: 5,
};

// docs/performance.md tells these.
describe("The calls of a diagnosis in the largest world", () => {
  it("are four latencies and 44 calls for a role, none that the answer does not need", () =>
    served({ world: largest("role") }, async (emulator) => {
      const { rounds, calls } = await counted(emulator);

      expect(rounds).to.equal(4);
      expect(calls).to.deep.equal({ ...ofAll, GetRole: 1, ListAttachedRolePolicies: 1, ListRolePolicies: 1 });
    }));

  it("are four latencies and 55 calls for a user in five groups, what groups share read once", () =>
    served({ world: largest("user") }, async (emulator) => {
      const { rounds, calls } = await counted(emulator);

      expect(rounds).to.equal(4);
      expect(calls).to.deep.equal({
        ...ofAll,
        GetUser: 1,
        ListAttachedUserPolicies: 1,
        ListUserPolicies: 1,
        ListGroupsForUser: 1,
        ListAttachedGroupPolicies: 5,
        ListGroupPolicies: 5,
      });
    }));
});
