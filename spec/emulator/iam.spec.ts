import {
  GenerateCredentialReportCommand,
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListGroupsForUserCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { account, group, role, user, world } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, deny, memberWorld } from "./worlds.js";

const boundary = `arn:aws:iam::${accountId}:policy/Boundary`;

describe("IAM in the emulator", () => {
  it("tells a role with its path, tags, boundary and trust policy", () =>
    served({ world: memberWorld({ boundary: allow("*") }) }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      const { Role } = await client.send(new GetRoleCommand({ RoleName: "Deployer" }));
      expect(Role).to.include({
        Arn: `arn:aws:iam::${accountId}:role/team/Deployer`,
        Path: "/team/",
        RoleName: "Deployer",
      });
      expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).to.equal(boundary);
      expect(Role?.Tags).to.deep.equal([{ Key: "team", Value: "storage" }]);
      expect(Role?.CreateDate).to.be.instanceOf(Date);
    }));

  it("serves documents URL-encoded by RFC 3986, also text that is no policy", () => {
    const text = '{"Sid": "it\'s (not) a * policy & <more>\u00e9"';
    return served(
      {
        world: memberWorld({
          role: {
            inlinePolicies: [
              { name: "Odd", document: text },
              { name: "All", document: allow("*") },
            ],
          },
        }),
      },
      async (emulator) => {
        const client = new IAMClient(emulator.clientConfig());
        const { PolicyDocument = "" } = await client.send(
          new GetRolePolicyCommand({ RoleName: "Deployer", PolicyName: "Odd" }),
        );
        expect(PolicyDocument).to.match(/^[A-Za-z0-9%._~-]+$/);
        expect(decodeURIComponent(PolicyDocument)).to.equal(text);
      },
    );
  });

  it("lists policies page by page", () => {
    const names = Array.from({ length: 7 }, (_, index) => `Inline${index}`);
    const attachedPolicies = names.map((name) => `arn:aws:iam::${accountId}:policy/${name}`);
    const inlinePolicies = names.map((name) => ({ name, document: allow("*") }));
    return served({ world: memberWorld({ role: { inlinePolicies, attachedPolicies } }) }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      const inline: string[][] = [];
      for await (const page of paginateListRolePolicies({ client, pageSize: 3 }, { RoleName: "Deployer" })) {
        inline.push(page.PolicyNames ?? []);
      }
      expect(inline.map(({ length }) => length)).to.deep.equal([3, 3, 1]);
      expect(inline.flat()).to.deep.equal(names);
      const attached: (string | undefined)[] = [];
      for await (const page of paginateListAttachedRolePolicies({ client, pageSize: 5 }, { RoleName: "Deployer" })) {
        attached.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn));
      }
      expect(attached).to.deep.equal(attachedPolicies);
    });
  });

  for (const name of ["AdministratorAccess", "PowerUserAccess", "AWSBackupFullAccess"]) {
    it(`knows the AWS managed policy ${name}`, () =>
      served({ world: memberWorld() }, async (emulator) => {
        const client = new IAMClient(emulator.clientConfig());
        const PolicyArn = `arn:aws:iam::aws:policy/${name}`;
        const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
        const { PolicyVersion } = await client.send(
          new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
        );
        expect(PolicyVersion?.IsDefaultVersion).to.equal(true);
        expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ""))).to.have.property("Statement");
      }));
  }

  it("tells a user's groups and their policies", () => {
    const served1 = world({
      caller: { arn: `arn:aws:iam::${accountId}:user/alice` },
      accounts: [
        account({
          id: accountId,
          users: [user({ name: "alice", groups: ["Admins"] })],
          groups: [group({ name: "Admins", inlinePolicies: [{ name: "All", document: allow("iam:*") }] })],
        }),
      ],
    });
    return served({ world: served1 }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      const { Groups } = await client.send(new ListGroupsForUserCommand({ UserName: "alice" }));
      expect(Groups?.map(({ GroupName }) => GroupName)).to.deep.equal(["Admins"]);
      const { PolicyName } = await client.send(new GetGroupPolicyCommand({ GroupName: "Admins", PolicyName: "All" }));
      expect(PolicyName).to.equal("All");
      const { User } = await client.send(new GetUserCommand({}));
      expect(User?.UserName).to.equal("alice");
    });
  });

  it("says NoSuchEntity of what is not there", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      expect(await failureOf(client.send(new GetRoleCommand({ RoleName: "Nobody" })))).to.deep.equal({
        name: "NoSuchEntityException",
        message: "The role with name Nobody cannot be found.",
        status: 404,
      });
      const missing = new GetPolicyCommand({ PolicyArn: `arn:aws:iam::${accountId}:policy/Missing` });
      expect((await failureOf(client.send(missing))).name).to.equal("NoSuchEntityException");
    }));

  it("refuses a caller whose policies do not allow reading, with IAM's message", () =>
    served({ world: memberWorld({ identity: deny("backup:*") }) }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      expect(await failureOf(client.send(new GetRoleCommand({ RoleName: "Deployer" })))).to.deep.equal({
        name: "AccessDenied",
        message: `User: arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1 is not authorized to perform: iam:GetRole on resource: role Deployer because no identity-based policy allows the iam:GetRole action`,
        status: 403,
      });
    }));

  it("lets the auditor read where the caller may not", () =>
    served({ world: memberWorld({ identity: deny("*") }) }, async (emulator) => {
      const client = new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor });
      const { Role } = await client.send(new GetRoleCommand({ RoleName: "Deployer" }));
      expect(Role?.RoleName).to.equal("Deployer");
    }));

  it("says of an operation that it does not know that it does not know it", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const failure = await failureOf(
        new IAMClient({ ...emulator.clientConfig(), credentials: emulator.auditor }).send(
          // Reports are none of this tool's calls.
          new GenerateCredentialReportCommand({}),
        ),
      );
      expect(failure).to.include({ name: "InvalidAction", status: 400 });
      expect(failure.message).to.contain("GenerateCredentialReport");
    }));

  it("does not confuse a role that is not there with one that may not be read", () =>
    served({ world: memberWorld({ role: role({ name: "Deployer" }) }) }, async (emulator) => {
      const client = new IAMClient(emulator.clientConfig());
      expect((await failureOf(client.send(new GetRoleCommand({ RoleName: "Nobody" })))).name).to.equal("AccessDenied");
    }));
});
