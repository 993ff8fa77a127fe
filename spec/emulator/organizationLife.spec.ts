import * as organizations from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { account, type Emulator, user, world } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";

/* An organization from its making to its end, as Terraform's provider makes and ends it. */

const id = "111122223333";
const alone = (partition = "aws") =>
  world({
    partition,
    region: partition === "aws" ? "eu-west-1" : "us-gov-west-1",
    caller: { arn: `arn:${partition}:iam::${id}:user/admin` },
    accounts: [
      account({
        id,
        users: [user({ name: "admin", attachedPolicies: [`arn:${partition}:iam::aws:policy/AdministratorAccess`] })],
      }),
    ],
  });
const clientOf = (emulator: Emulator) =>
  new organizations.OrganizationsClient({ ...emulator.clientConfig(), maxAttempts: 1 });
const Tags = [{ Key: "owner", Value: "me" }];

async function made(client: organizations.OrganizationsClient) {
  await client.send(new organizations.CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await client.send(new organizations.ListRootsCommand({}));
  const ParentId = Roots?.[0]?.Id ?? "";
  const unit = await client.send(new organizations.CreateOrganizationalUnitCommand({ ParentId, Name: "w", Tags }));
  const given = { AccountName: "prod", Email: "prod@example.com", Tags };
  const { CreateAccountStatus } = await client.send(new organizations.CreateAccountCommand(given));
  const told = await client.send(
    new organizations.DescribeCreateAccountStatusCommand({ CreateAccountRequestId: CreateAccountStatus?.Id }),
  );
  const policy = await client.send(
    new organizations.CreatePolicyCommand({
      Name: "guard",
      Description: "",
      Type: "SERVICE_CONTROL_POLICY",
      Content: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}',
      Tags,
    }),
  );
  return {
    rootId: ParentId,
    accountId: told.CreateAccountStatus?.AccountId ?? "",
    unitId: unit.OrganizationalUnit?.Id ?? "",
    policyId: policy.Policy?.PolicySummary?.Id ?? "",
    unitArn: unit.OrganizationalUnit?.Arn,
    policyArn: policy.Policy?.PolicySummary?.Arn,
  };
}

describe("An organization that is made by calls", () => {
  it("holds the address and the tags that its parts were made with", () =>
    served({ world: alone() }, async (emulator) => {
      const client = clientOf(emulator);
      const { accountId, unitId, policyId } = await made(client);
      const { Account } = await client.send(new organizations.DescribeAccountCommand({ AccountId: accountId }));
      expect(Account?.Email).to.equal("prod@example.com");
      for (const ResourceId of [accountId, unitId, policyId]) {
        const listed = await client.send(new organizations.ListTagsForResourceCommand({ ResourceId }));
        expect(listed.Tags, ResourceId).to.deep.equal(Tags);
      }
    }));

  it("asks the policies about the tags that something is made with", () => {
    const guarded = alone();
    const [admin] = guarded.accounts[0]?.users ?? [];
    admin?.inlinePolicies.push({
      name: "NoOwner",
      document: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Action: "organizations:CreateAccount",
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestTag/owner": "me" } },
          },
        ],
      },
    });
    return served({ world: guarded }, async (emulator) => {
      const failure = await failureOf(made(clientOf(emulator)));
      expect(failure.name).to.equal("AccessDeniedException");
      expect(failure.message).to.match(/organizations:CreateAccount .*explicit deny in an identity-based policy/);
    });
  });

  it("has ARNs of its world's partition", () =>
    served({ world: alone("aws-us-gov") }, async (emulator) => {
      const client = clientOf(emulator);
      const { accountId, unitArn, policyArn } = await made(client);
      const { Organization } = await client.send(new organizations.DescribeOrganizationCommand({}));
      const { Account } = await client.send(new organizations.DescribeAccountCommand({ AccountId: accountId }));
      const { Roots } = await client.send(new organizations.ListRootsCommand({}));
      const { Policy } = await client.send(new organizations.DescribePolicyCommand({ PolicyId: "p-FullAWSAccess" }));
      for (const arn of [
        Organization?.Arn,
        Organization?.MasterAccountArn,
        Account?.Arn,
        Roots?.[0]?.Arn,
        unitArn,
        policyArn,
        Policy?.PolicySummary?.Arn,
      ]) {
        expect(arn).to.match(/^arn:aws-us-gov:organizations::(111122223333|aws):/);
      }
    }));

  it("ends when its accounts were removed from it", () =>
    served({ world: alone() }, async (emulator) => {
      const client = clientOf(emulator);
      const { accountId } = await made(client);
      const remove = (AccountId: string) =>
        client.send(new organizations.RemoveAccountFromOrganizationCommand({ AccountId }));
      const end = () => client.send(new organizations.DeleteOrganizationCommand({}));
      expect((await failureOf(end())).name).to.equal("OrganizationNotEmptyException");
      expect((await failureOf(remove(id))).name).to.equal("MasterCannotLeaveOrganizationException");
      await client.send(
        new organizations.RegisterDelegatedAdministratorCommand({
          AccountId: accountId,
          ServicePrincipal: "backup.amazonaws.com",
        }),
      );
      expect((await failureOf(remove(accountId))).name).to.equal("ConstraintViolationException");
      await client.send(
        new organizations.DeregisterDelegatedAdministratorCommand({
          AccountId: accountId,
          ServicePrincipal: "backup.amazonaws.com",
        }),
      );
      await remove(accountId);
      expect((await failureOf(remove(accountId))).name).to.equal("AccountNotFoundException");
      await end();
      expect((await failureOf(end())).name).to.equal("AWSOrganizationsNotInUseException");
    }));
});
