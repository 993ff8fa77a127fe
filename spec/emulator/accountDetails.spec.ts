import {
  type EntityType,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { account, group, role, user, type World, world } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, deny, memberWorld } from "./worlds.js";

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
const backup = "arn:aws:iam::aws:policy/AWSBackupFullAccess";
const guard = `arn:aws:iam::${accountId}:policy/Guard`;
const inline = { name: "Vaults", document: allow("backup:*") };

function crowd(): World {
  return world({
    region: "us-west-2",
    caller: { arn: `arn:aws:sts::${accountId}:assumed-role/Reader/run-1` },
    accounts: [
      account({
        id: accountId,
        users: [user({ name: "alice", groups: ["Admins"], inlinePolicies: [inline], tags: { team: "storage" } })],
        groups: [group({ name: "Admins", inlinePolicies: [inline], attachedPolicies: [backup] })],
        roles: [
          role({ name: "Reader", inlinePolicies: [{ name: "Read", document: allow("iam:*") }] }),
          role({ name: "Deployer", path: "/team/", attachedPolicies: [guard], permissionsBoundary: guard }),
        ],
        policies: [
          {
            name: "Guard",
            arn: guard,
            versions: [
              { id: "v1", document: deny("*"), isDefault: false },
              { id: "v2", document: allow("*"), isDefault: true },
            ],
          },
        ],
      }),
    ],
  });
}

describe("GetAccountAuthorizationDetails in the emulator", () => {
  it("tells all users, groups, roles and managed policies of the account with their documents", () =>
    served({ world: crowd() }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());

      const all = await client.send(new GetAccountAuthorizationDetailsCommand({}));

      const [alice] = all.UserDetailList ?? [];
      expect(alice).to.deep.include({
        Arn: `arn:aws:iam::${accountId}:user/alice`,
        GroupList: ["Admins"],
        AttachedManagedPolicies: [],
        Tags: [{ Key: "team", Value: "storage" }],
      });
      expect(JSON.parse(decodeURIComponent(alice?.UserPolicyList?.[0]?.PolicyDocument ?? ""))).to.deep.equal(
        inline.document,
      );
      expect(all.GroupDetailList?.[0]).to.deep.include({
        GroupName: "Admins",
        AttachedManagedPolicies: [{ PolicyName: "AWSBackupFullAccess", PolicyArn: backup }],
      });
      const deployer = all.RoleDetailList?.find(({ RoleName }) => RoleName === "Deployer");
      expect(deployer).to.deep.include({
        Path: "/team/",
        RolePolicyList: [],
        InstanceProfileList: [],
        Tags: [],
        AttachedManagedPolicies: [{ PolicyName: "Guard", PolicyArn: guard }],
      });
      expect(deployer?.PermissionsBoundary?.PermissionsBoundaryArn).to.equal(guard);
      expect(all.Policies?.map(({ Arn }) => Arn)).to.deep.equal([guard, backup]);
      const [own] = all.Policies ?? [];
      expect(own?.DefaultVersionId).to.equal("v2");
      expect(
        own?.PolicyVersionList?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
      ).to.deep.equal([
        ["v1", false],
        ["v2", true],
      ]);
      expect(all.IsTruncated).to.equal(false);
    }));

  it("tells them page by page, each once", () =>
    served({ world: crowd() }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      const pages: string[][] = [];

      for await (const page of paginateGetAccountAuthorizationDetails({ client, pageSize: 2 }, {})) {
        const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies = [] } = page;
        pages.push([...UserDetailList, ...GroupDetailList, ...RoleDetailList, ...Policies].map(({ Arn = "" }) => Arn));
      }

      expect(pages.map(({ length }) => length)).to.deep.equal([2, 2, 2]);
      expect(new Set(pages.flat()).size).to.equal(6);
    }));

  const counted: [EntityType[], Record<string, number>][] = [
    [["User"], { users: 1, groups: 0, roles: 0, policies: 0 }],
    [["Role", "Group"], { users: 0, groups: 1, roles: 2, policies: 0 }],
    [["LocalManagedPolicy"], { users: 0, groups: 0, roles: 0, policies: 1 }],
    [["AWSManagedPolicy", "LocalManagedPolicy"], { users: 0, groups: 0, roles: 0, policies: 2 }],
  ];
  for (const [Filter, expected] of counted) {
    it(`tells no more than it is asked for: ${Filter.join(" and ")}`, () =>
      served({ world: crowd() }, async (emulator) => {
        const client = new IAMClient(emulator.clientConfig());

        const found = await client.send(new GetAccountAuthorizationDetailsCommand({ Filter }));

        expect({
          users: found.UserDetailList?.length,
          groups: found.GroupDetailList?.length,
          roles: found.RoleDetailList?.length,
          policies: found.Policies?.length,
        }).to.deep.equal(expected);
      }));
  }

  it("refuses a filter that is none, and whoever may not", async () => {
    await served({ world: crowd() }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      const odd = new GetAccountAuthorizationDetailsCommand({ Filter: ["Robot" as EntityType] });
      expect(await failureOf(client.send(odd))).to.include({ name: "ValidationError", status: 400 });
    });
    await served({ world: memberWorld({ identity: allow("iam:GetRole") }) }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      const { name, message } = await failureOf(client.send(new GetAccountAuthorizationDetailsCommand({})));
      expect(name).to.equal("AccessDenied");
      expect(message).to.match(/iam:GetAccountAuthorizationDetails on resource: \*/);
    });
  });
});
