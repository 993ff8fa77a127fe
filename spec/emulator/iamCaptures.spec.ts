import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteServiceLinkedRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  IAMClient,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, memberWorld } from "./worlds.js";

/*
 * What live IAM was recorded to answer: [LS] LocalStack's AWS-validated tests of February 2026, tests/aws/services/iam
 * (policies: @030eb47f, roles: @3cc59f94); [STACKD] github.com/radkawar/stackd @9dc356f, September 2026,
 * testdata/aws/iam/policy_management.json and internal/services/iam/testdata.
 */

const json = JSON.stringify;
const trust = (principal: object = { Service: "ec2.amazonaws.com" }) =>
  json({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }] });
const PolicyDocument = json(allow("backup:ListBackupVaults"));
const policyArn = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;

const inIam = (use: (iam: IAMClient, emulator: Emulator) => Promise<void>) =>
  served({ world: memberWorld() }, (emulator) =>
    use(new IAMClient({ ...emulator.clientConfig(), maxAttempts: 1 }), emulator),
  );

describe("A role, as live IAM was recorded to tell it", () => {
  it("is told by its creation without description and session length, by GetRole with both and its last use [LS, STACKD]", () =>
    inIam(async (iam) => {
      const input = { RoleName: "Made", AssumeRolePolicyDocument: trust(), Description: "made" };
      const made = await iam.send(new CreateRoleCommand(input));
      expect(made.Role).to.have.all.keys("Arn", "AssumeRolePolicyDocument", "CreateDate", "Path", "RoleId", "RoleName");
      const got = await iam.send(new GetRoleCommand({ RoleName: "Made" }));
      expect(got.Role).to.deep.include({ Description: "made", MaxSessionDuration: 3600 });
      expect(got.Role?.RoleLastUsed?.LastUsedDate).to.equal(undefined);
      const { Roles } = await iam.send(new ListRolesCommand({}));
      expect(Roles?.find(({ RoleName }) => RoleName === "Made")).to.include({ MaxSessionDuration: 3600 });
    }));

  it("was last used when a session of it last made a request", () =>
    inIam(async (iam) => {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: "Deployer" }));
      expect(Role?.RoleLastUsed?.Region).to.equal("us-west-2");
      expect(Role?.RoleLastUsed?.LastUsedDate).to.be.instanceOf(Date);
    }));

  it("keeps what an update does not tell [LS]", () =>
    inIam(async (iam) => {
      await iam.send(new CreateRoleCommand({ RoleName: "Made", AssumeRolePolicyDocument: trust() }));
      await iam.send(new UpdateRoleCommand({ RoleName: "Made", Description: "one", MaxSessionDuration: 7200 }));
      const described = await iam.send(new UpdateRoleDescriptionCommand({ RoleName: "Made", Description: "two" }));
      expect(described.Role).to.include({ Description: "two" }).and.not.have.property("MaxSessionDuration");
      await iam.send(new UpdateRoleCommand({ RoleName: "Made" }));
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: "Made" }));
      expect(Role).to.include({ Description: "two", MaxSessionDuration: 7200 });
    }));

  it("trusts nobody who does not exist", () =>
    inIam(async (iam) => {
      const AWS = `arn:aws:iam::${accountId}:role/Nobody`;
      const refused = {
        name: "MalformedPolicyDocumentException",
        message: `Invalid principal in policy: "AWS":"${AWS}"`,
        status: 400,
      };
      const made = iam.send(new CreateRoleCommand({ RoleName: "Made", AssumeRolePolicyDocument: trust({ AWS }) }));
      expect(await failureOf(made)).to.deep.equal(refused);
      const changed = iam.send(
        new UpdateAssumeRolePolicyCommand({ RoleName: "Deployer", PolicyDocument: trust({ AWS }) }),
      );
      expect(await failureOf(changed)).to.deep.equal(refused);
    }));

  it("that was deleted is known by its unique id to whom trusted it, and its sessions are nobody's", () =>
    inIam(async (iam, emulator) => {
      const role = (RoleName: string, document: string) =>
        iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document }));
      await role("First", trust({ AWS: accountId }));
      const AWS = `arn:aws:iam::${accountId}:role/First`;
      const session = new STSClient({ ...emulator.clientConfig(AWS), maxAttempts: 1 });
      await session.send(new GetCallerIdentityCommand({}));
      await role("Second", trust({ AWS }));
      await iam.send(new DeleteRoleCommand({ RoleName: "First" }));
      await role("First", trust({ AWS: accountId }));

      const { Role } = await iam.send(new GetRoleCommand({ RoleName: "Second" }));
      expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).to.match(/"AWS":"AROA/);
      expect((await failureOf(session.send(new GetCallerIdentityCommand({})))).name).to.equal("InvalidClientTokenId");
      const again = new STSClient({ ...emulator.clientConfig(AWS), maxAttempts: 1 });
      const assuming = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "again" });
      expect((await failureOf(again.send(assuming))).name).to.equal("AccessDenied");
    }));

  it("that is linked to a service is only AWS's to change [STACKD]", () =>
    inIam(async (iam) => {
      const AWSServiceName = "backup.amazonaws.com";
      await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));
      const RoleName = "AWSServiceRoleForBackup";
      const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      for (const call of [
        iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust() })),
        iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument })),
        iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
        iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
        iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: PolicyArn })),
        iam.send(new DeleteRoleCommand({ RoleName })),
      ]) {
        expect(await failureOf(call)).to.deep.equal({
          name: "UnmodifiableEntityException",
          message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
          status: 400,
        });
      }
      const longer = iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
      expect((await failureOf(longer)).message).to.match(/is an AWS service linked role, max session duration cannot/);
      const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
      const status = await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
      expect(status.Status).to.equal("SUCCEEDED");
      expect((await failureOf(iam.send(new GetRoleCommand({ RoleName })))).name).to.equal("NoSuchEntityException");
    }));

  it("is linked to a service by CreateServiceLinkedRole alone [tilfin/aws-iam-policy-tool 9]", () =>
    inIam(async (iam) => {
      const Path = "/aws-service-role/ecs.amazonaws.com/";
      const made = iam.send(new CreateRoleCommand({ RoleName: "A", Path, AssumeRolePolicyDocument: trust() }));
      expect(await failureOf(made)).to.deep.equal({
        name: "InvalidInputException",
        message: "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
        status: 400,
      });
      for (const odd of [
        { AWSServiceName: "a/../b.amazonaws.com" },
        { AWSServiceName: "backup" },
        { AWSServiceName: "autoscaling.amazonaws.com", CustomSuffix: "a/b" },
      ]) {
        expect((await failureOf(iam.send(new CreateServiceLinkedRoleCommand(odd)))).name).to.equal("ValidationError");
      }
    }));

  it("is linked under the name that the service's role has, and deleted by a task of its own [STACKD]", () =>
    inIam(async (iam) => {
      const input = { AWSServiceName: "autoscaling.amazonaws.com", CustomSuffix: "probe" };
      const { Role } = await iam.send(new CreateServiceLinkedRoleCommand(input));
      expect(Role?.RoleName).to.equal("AWSServiceRoleForAutoScaling_probe");
      const deleted = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName: Role?.RoleName }));
      const id =
        /^task\/aws-service-role\/autoscaling\.amazonaws\.com\/AWSServiceRoleForAutoScaling_probe\/[\da-f-]{36}$/;
      expect(deleted.DeletionTaskId).to.match(id);
      const asked = (DeletionTaskId: string) =>
        failureOf(iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId })));
      expect(await asked(`${deleted.DeletionTaskId}0`)).to.deep.equal({
        name: "NoSuchEntityException",
        message: "Cannot find deletion status for given id.",
        status: 404,
      });
      expect(await asked("x")).to.deep.equal({
        name: "InvalidInputException",
        message: "Invalid task id",
        status: 400,
      });
      expect((await failureOf(iam.send(new DeleteServiceLinkedRoleCommand({ RoleName: "Deployer" })))).name).to.equal(
        "NoSuchEntityException",
      );
    }));

  it("has inline policies whose names differ in more than letter case [STACKD]", () =>
    inIam(async (iam) => {
      const put = (PolicyName: string, document: string) =>
        iam.send(new PutRolePolicyCommand({ RoleName: "Deployer", PolicyName, PolicyDocument: document }));
      await put("MixedName", PolicyDocument);
      await put("MIXEDNAME", json(allow("backup:DescribeBackupVault")));
      const named = { RoleName: "Deployer", PolicyName: "MIXEDNAME" };
      const got = await iam.send(new GetRolePolicyCommand(named));
      expect(got.PolicyName).to.equal("MIXEDNAME");
      expect(decodeURIComponent(got.PolicyDocument ?? "")).to.match(/DescribeBackupVault/);
      const names = async () => (await iam.send(new ListRolePoliciesCommand({ RoleName: "Deployer" }))).PolicyNames;
      expect(await names())
        .to.include("MixedName")
        .and.not.include("MIXEDNAME");
      await iam.send(new DeleteRolePolicyCommand(named));
      expect(await names()).not.to.include("MixedName");
    }));
});

describe("A managed policy, as live IAM was recorded to tell it", () => {
  const tags = [
    { Key: "a", Value: "lower" },
    { Key: "A", Value: "upper" },
  ];

  it("is told by its creation without description, by GetPolicy with it and with its tags [LS]", () =>
    inIam(async (iam) => {
      const made = await iam.send(new CreatePolicyCommand({ PolicyName: "Made", PolicyDocument, Description: "made" }));
      expect(made.Policy).not.to.have.any.keys("Description", "Tags");
      const got = await iam.send(new GetPolicyCommand({ PolicyArn: policyArn("Made") }));
      expect(got.Policy).to.deep.include({ Description: "made", Tags: [] });
      const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
      expect(Policies?.[0]).not.to.have.any.keys("Description", "Tags");
    }));

  it("has tags in which letter case counts [LS]", () =>
    inIam(async (iam) => {
      await iam.send(new CreatePolicyCommand({ PolicyName: "Made", PolicyDocument, Tags: tags }));
      const { Tags } = await iam.send(new ListPolicyTagsCommand({ PolicyArn: policyArn("Made") }));
      expect(Tags?.map(({ Key }) => Key)).to.deep.equal(["A", "a"]);
    }));

  it("is listed by its use, and with whom it is used [STACKD]", () =>
    inIam(async (iam) => {
      for (const PolicyName of ["attached", "boundary", "unused"]) {
        await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
      }
      await iam.send(new AttachRolePolicyCommand({ RoleName: "Deployer", PolicyArn: policyArn("attached") }));
      await iam.send(new CreateUserCommand({ UserName: "bounded", PermissionsBoundary: policyArn("boundary") }));
      const names = async (input: object) => {
        const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: "Local", ...input }));
        return Policies?.map(({ PolicyName }) => PolicyName).sort();
      };
      const PolicyUsageFilter = "PermissionsBoundary";
      expect(await names({ PolicyUsageFilter })).to.deep.equal(["attached", "boundary", "unused"]);
      expect(await names({ OnlyAttached: true })).to.deep.equal(["attached", "boundary"]);
      expect(await names({ OnlyAttached: true, PolicyUsageFilter: "PermissionsPolicy" })).to.deep.equal(["attached"]);
      expect(await names({ OnlyAttached: true, PolicyUsageFilter })).to.deep.equal(["boundary"]);
      const entities = (name: string, input: object = {}) =>
        iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: policyArn(name), ...input }));
      expect((await entities("attached")).PolicyRoles?.[0]).to.include({ RoleName: "Deployer" });
      expect((await entities("boundary")).PolicyUsers?.[0]).to.include({ UserName: "bounded" });
      expect((await entities("boundary", { PolicyUsageFilter: "PermissionsPolicy" })).PolicyUsers).to.deep.equal([]);
      expect((await entities("attached", { EntityFilter: "User" })).PolicyRoles).to.deep.equal([]);
    }));
});

describe("IAM refuses in the words that were recorded live:", () => {
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
  const tagged = (Tags: { Key: string; Value: string }[]) => new TagRoleCommand({ RoleName: "Deployer", Tags });
  const twice = (Key: string, other: string) => [
    { Key, Value: "1" },
    { Key: other, Value: "2" },
  ];
  const at = (place: string, constraint: string) =>
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${constraint}`;
  const nameless = policyArn("None");
  const cases: [what: string, send: (iam: IAMClient) => Promise<unknown>, name: string, message: string][] = [
    [
      "a policy of a name that there is [LS]",
      async (iam) => {
        const input = { PolicyName: "Twice", PolicyDocument };
        await iam.send(new CreatePolicyCommand(input));
        await iam.send(new CreatePolicyCommand(input));
      },
      "EntityAlreadyExistsException",
      "A policy called Twice already exists. Duplicate names are not allowed.",
    ],
    [
      "to attach what is no ARN [LS]",
      (iam) => iam.send(new AttachRolePolicyCommand({ RoleName: "Deployer", PolicyArn: "longpolicynamebutnoarn" })),
      "ValidationError",
      "ARN longpolicynamebutnoarn is not valid.",
    ],
    [
      "a boundary that is no policy [LS]",
      (iam) =>
        iam.send(
          new PutRolePermissionsBoundaryCommand({
            RoleName: "Deployer",
            PermissionsBoundary: `arn:aws:iam::${accountId}:not_a_policy/invalid`,
          }),
        ),
      "InvalidInputException",
      `ARN arn:aws:iam::${accountId}:not_a_policy/invalid is not valid.`,
    ],
    [
      "a version of a policy that there is not [LS]",
      (iam) => iam.send(new GetPolicyVersionCommand({ PolicyArn: nameless, VersionId: "v1" })),
      "NoSuchEntityException",
      `Policy ${nameless} version v1 does not exist or is not attachable.`,
    ],
    [
      "the deletion of the default version [LS]",
      async (iam) => {
        const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "Made", PolicyDocument }));
        await iam.send(new DeletePolicyVersionCommand({ PolicyArn: Policy?.Arn, VersionId: "v1" }));
      },
      "DeleteConflictException",
      "Cannot delete the default version of a policy.",
    ],
    [
      "a version that is none [LS]",
      async (iam) => {
        const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "Made", PolicyDocument }));
        await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: Policy?.Arn, VersionId: "one" }));
      },
      "ValidationError",
      at("versionId", "Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"),
    ],
    [
      "51 tags [LS]",
      (iam) => iam.send(tagged(many)),
      "ValidationError",
      at("tags", "Member must have length less than or equal to 50"),
    ],
    [
      "a tag's key of 129 characters [LS]",
      (iam) => iam.send(tagged([{ Key: "k".repeat(129), Value: "v" }])),
      "ValidationError",
      at("tags.1.member.key", "Member must have length less than or equal to 128"),
    ],
    [
      "a tag's value of 257 characters [LS]",
      (iam) => iam.send(tagged([{ Key: "k", Value: "v".repeat(257) }])),
      "ValidationError",
      at("tags.1.member.value", "Member must have length less than or equal to 256"),
    ],
    [
      "a tag's key of odd letters [LS]",
      (iam) => iam.send(tagged([{ Key: "k!", Value: "v" }])),
      "ValidationError",
      at("tags.1.member.key", "Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"),
    ],
    [
      "a role's tag that is there twice, in other letter case too [LS]",
      (iam) => iam.send(tagged(twice("k", "K"))),
      "InvalidInputException",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    ],
    [
      "a policy's tag that is there twice [LS]",
      async (iam) => {
        const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "Made", PolicyDocument }));
        await iam.send(new TagPolicyCommand({ PolicyArn: Policy?.Arn, Tags: twice("k", "k") }));
      },
      "InvalidInputException",
      "Duplicate tag keys found.",
    ],
    [
      "more tags than 50, one after another [LS]",
      async (iam) => {
        await iam.send(tagged(many.slice(0, 49)));
        await iam.send(tagged(many.slice(49)));
      },
      "LimitExceededException",
      "The number of tags has reached the maximum limit.",
    ],
  ];
  for (const [what, send, name, message] of cases) {
    it(what, () =>
      inIam(async (iam) => {
        expect(await failureOf(send(iam))).to.include({ name, message });
      }),
    );
  }
});
