import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  OrganizationsClient,
  paginateListPoliciesForTarget,
} from "@aws-sdk/client-organizations";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, deny, managementId, memberWorld } from "./worlds.js";

const organizations = (emulator: Emulator, principal?: string) =>
  new OrganizationsClient({ ...emulator.clientConfig(principal), maxAttempts: 1 });
const admin = `arn:aws:iam::${managementId}:role/Admin`;

describe("Organizations in the emulator", () => {
  it("tells any member account about its organization", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const { Organization } = await organizations(emulator).send(new DescribeOrganizationCommand({}));
      expect(Organization).to.include({ Id: "o-a1b2c3d4e5", MasterAccountId: managementId, FeatureSet: "ALL" });
    }));

  it("refuses everything else to an ordinary member account", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const client = organizations(emulator);
      for (const call of [
        client.send(new ListRootsCommand({})),
        client.send(new ListParentsCommand({ ChildId: accountId })),
        client.send(new DescribePolicyCommand({ PolicyId: "p-FullAWSAccess" })),
      ]) {
        expect(await failureOf(call)).to.deep.equal({
          name: "AccessDeniedException",
          message: "You don't have permissions to access this resource.",
          status: 400,
        });
      }
    }));

  for (const who of ["the management account", "a delegated administrator", "the auditor"]) {
    it(`lets ${who} walk from the account to the root and read its policies`, () =>
      served({ world: memberWorld({ serviceControl: deny("backup:*") }) }, async (emulator) => {
        let client = organizations(emulator, admin);
        const [organization] = emulator.world.organizations;
        if (who === "the auditor") {
          client = new OrganizationsClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
        } else if (who === "a delegated administrator") {
          organization?.delegatedAdministrators.push(accountId);
          // The account's service control policies hold for its principals here, too.
          client = organizations(emulator);
        }
        const { Account } = await client.send(new DescribeAccountCommand({ AccountId: accountId }));
        expect(Account?.Paths).to.deep.equal([`o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/${accountId}/`]);
        const path: string[] = [];
        let child = accountId;
        while (child !== "r-ab12") {
          const { Parents } = await client.send(new ListParentsCommand({ ChildId: child }));
          child = Parents?.[0]?.Id ?? "r-ab12";
          path.push(child);
        }
        expect(path).to.deep.equal(["ou-ab12-11111111", "r-ab12"]);
        const { Policies } = await client.send(
          new ListPoliciesForTargetCommand({ TargetId: "ou-ab12-11111111", Filter: "SERVICE_CONTROL_POLICY" }),
        );
        expect(Policies?.map(({ Name }) => Name)).to.deep.equal(["FullAWSAccess", "Guard"]);
        const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId: "p-guard0001" }));
        expect(JSON.parse(Policy?.Content ?? "")).to.deep.equal(deny("backup:*"));
        const { Roots } = await client.send(new ListRootsCommand({}));
        expect(Roots?.[0]?.PolicyTypes?.map(({ Type }) => Type)).to.deep.equal([
          "SERVICE_CONTROL_POLICY",
          "RESOURCE_CONTROL_POLICY",
        ]);
      }));
  }

  it("lists a target's policies page by page", () => {
    const world = memberWorld();
    const [organization] = world.organizations;
    const names = Array.from({ length: 5 }, (_, index) => `p-more000${index}`);
    for (const id of names) {
      organization?.policies.push({ id, name: id, type: "SERVICE_CONTROL_POLICY", document: deny("s3:*") });
    }
    organization?.targets.find(({ id }) => id === accountId)?.policies.push(...names);
    return served({ world }, async (emulator) => {
      const client = organizations(emulator, admin);
      const sizes: number[] = [];
      const input = { TargetId: accountId, Filter: "SERVICE_CONTROL_POLICY" as const };
      for await (const page of paginateListPoliciesForTarget({ client, pageSize: 4 }, input)) {
        sizes.push(page.Policies?.length ?? 0);
      }
      expect(sizes).to.deep.equal([4, 2]);
    });
  });

  it("says so where the account is in no organization, or the child or policy does not exist", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const client = organizations(emulator, admin);
      const child = await failureOf(client.send(new ListParentsCommand({ ChildId: "999999999999" })));
      expect(child.name).to.equal("ChildNotFoundException");
      const policy = await failureOf(client.send(new DescribePolicyCommand({ PolicyId: "p-nothing1" })));
      expect(policy.name).to.equal("PolicyNotFoundException");
      emulator.world.organizations.splice(0);
      expect(await failureOf(client.send(new DescribeOrganizationCommand({})))).to.deep.equal({
        name: "AWSOrganizationsNotInUseException",
        message: "Your account is not a member of an organization.",
        status: 400,
      });
    }));
});
