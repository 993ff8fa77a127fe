import { DeleteUserCommand, GetUserCommand, IAMClient, ListRolesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { expect } from "chai";
import { account, type Emulator, key, role, startEmulator, user, world } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, keyArn } from "./worlds.js";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Principal: "*" as const, Action: "sts:*" }],
};
const roleArn = `arn:aws:iam::${accountId}:role/Chained`;
const boundary = `arn:aws:iam::${accountId}:policy/Boundary`;

const served1 = (use: (emulator: Emulator) => Promise<void>) =>
  served(
    {
      world: world({
        region: "us-west-2",
        caller: { arn: `arn:aws:iam::${accountId}:user/alice` },
        accounts: [
          account({
            id: accountId,
            users: [
              user({
                name: "alice",
                tags: { team: "storage" },
                permissionsBoundary: boundary,
                inlinePolicies: [{ name: "All", document: allow("*") }],
              }),
            ],
            roles: [
              role({
                name: "Chained",
                trustPolicy: trust,
                maxSessionDuration: 43_200,
                tags: { team: "storage" },
                inlinePolicies: [{ name: "All", document: allow("*") }],
              }),
            ],
            policies: [
              { name: "Boundary", arn: boundary, versions: [{ id: "v1", document: allow("*"), isDefault: true }] },
            ],
            keys: [key({ arn: keyArn })],
          }),
        ],
      }),
    },
    use,
  );

function clientsOf(emulator: Emulator, made?: Credentials) {
  const config = {
    ...emulator.clientConfig(),
    maxAttempts: 1,
    ...(made !== undefined && {
      credentials: {
        accessKeyId: made.AccessKeyId ?? "",
        secretAccessKey: made.SecretAccessKey ?? "",
        sessionToken: made.SessionToken ?? "",
      },
    }),
  };
  return { iam: new IAMClient(config), sts: new STSClient(config), kms: new KMSClient(config) };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html */
describe("Temporary credentials in the emulator", () => {
  it("of GetSessionToken call IAM only with MFA, and of STS AssumeRole and GetCallerIdentity alone", () =>
    served1(async (emulator) => {
      const { sts } = clientsOf(emulator);
      const plain = clientsOf(emulator, (await sts.send(new GetSessionTokenCommand({}))).Credentials);
      const withMfa = clientsOf(
        emulator,
        (await sts.send(new GetSessionTokenCommand({ SerialNumber: "arn:aws:iam::1:mfa/a", TokenCode: "123456" })))
          .Credentials,
      );

      expect(await failureOf(plain.iam.send(new GetUserCommand({})))).to.deep.equal({
        name: "InvalidClientTokenId",
        message: "The security token included in the request is invalid",
        status: 403,
      });
      expect((await withMfa.iam.send(new GetUserCommand({}))).User?.UserName).to.equal("alice");
      expect((await failureOf(plain.sts.send(new GetSessionTokenCommand({})))).name).to.equal("AccessDenied");
      expect((await failureOf(plain.sts.send(new GetFederationTokenCommand({ Name: "guest" })))).name).to.equal(
        "AccessDenied",
      );
      expect((await plain.sts.send(new GetCallerIdentityCommand({}))).Arn).to.match(/user\/alice$/);
      await plain.sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "one" }));
      expect((await plain.kms.send(new DescribeKeyCommand({ KeyId: keyArn }))).KeyMetadata?.Arn).to.equal(keyArn);
    }));

  it("of GetFederationToken call no IAM, and of STS GetCallerIdentity alone", () =>
    served1(async (emulator) => {
      const { sts } = clientsOf(emulator);
      const Policy = JSON.stringify(allow("*"));
      const federated = clientsOf(
        emulator,
        (await sts.send(new GetFederationTokenCommand({ Name: "guest", Policy }))).Credentials,
      );

      expect((await failureOf(federated.iam.send(new ListUsersCommand({})))).name).to.equal("InvalidClientTokenId");
      expect(
        (await failureOf(federated.sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "one" })))).name,
      ).to.equal("AccessDenied");
      expect((await federated.sts.send(new GetCallerIdentityCommand({}))).Arn).to.match(/federated-user\/guest$/);
    }));

  it("of a role that a role assumed last an hour at most", () =>
    served1(async (emulator) => {
      const { sts } = clientsOf(emulator);
      const first = { RoleArn: roleArn, RoleSessionName: "first", DurationSeconds: 43_200 };
      const chained = clientsOf(emulator, (await sts.send(new AssumeRoleCommand(first))).Credentials);

      const failure = await failureOf(chained.sts.send(new AssumeRoleCommand(first)));

      expect(failure.message).to.equal(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
      );
      await chained.sts.send(new AssumeRoleCommand({ ...first, DurationSeconds: 3600 }));
    }));

  it("are limited by managed session policies as they are when a request is made (aws-behaviour, sts-answers)", () =>
    served1(async (emulator) => {
      const { sts } = clientsOf(emulator);
      const PolicyArns = [{ arn: boundary }];
      const assumed = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "one", PolicyArns }));
      const limited = clientsOf(emulator, assumed.Credentials);
      await limited.iam.send(new ListRolesCommand({}));
      const [policy] = emulator.world.accounts[0]?.policies ?? [];
      policy?.versions.push({ id: "v2", document: allow("kms:*"), isDefault: true });
      for (const version of policy?.versions ?? []) version.isDefault = version.id === "v2";
      expect((await failureOf(limited.iam.send(new ListRolesCommand({})))).message).to.match(
        /no session policy allows/,
      );
    }));
});

describe("What a session carries (aws-behaviour, packed-size)", () => {
  const assuming = (sts: STSClient, more: object) =>
    sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "one", ...more }));
  const tagged = (count: number, Value: string) =>
    Array.from({ length: count }, (_, index) => ({ Key: `T${index + 1}`, Value }));

  it("is told in percent, where there is anything", () =>
    served1(async (emulator) => {
      const { sts } = clientsOf(emulator);
      expect((await assuming(sts, {})).PackedPolicySize).to.equal(undefined);
      expect((await sts.send(new GetFederationTokenCommand({ Name: "guest" }))).PackedPolicySize).to.equal(0);
      const small = (await assuming(sts, { Policy: JSON.stringify(allow("kms:*")) })).PackedPolicySize ?? 0;
      const tags = tagged(1, "v");
      const more = (await assuming(sts, { Policy: JSON.stringify(allow("kms:*")), Tags: tags })).PackedPolicySize ?? 0;
      expect(small).to.be.within(1, 40);
      expect(more).to.be.greaterThan(small);
    }));

  it("is refused in AWS's words where it is too much", () =>
    served1(async (emulator) => {
      const { sts } = clientsOf(emulator);
      expect(await failureOf(assuming(sts, { Tags: tagged(9, "a".repeat(250)) }))).to.deep.equal({
        name: "PackedPolicyTooLargeException",
        message: "Packed size of session tags consumes 498% of allotted space.",
        status: 400,
      });
    }));

  it("is not refused for a policy, however badly it packs: nobody knows how AWS packs it", () =>
    served1(async (emulator) => {
      const { sts } = clientsOf(emulator);
      const odd = (index: number) => ((index + 1) * 2_654_435_761).toString(36);
      const actions = Array.from({ length: 80 }, (_, index) => `s3:${odd(index)}${odd(index * 31)}`);
      const { PackedPolicySize } = await assuming(sts, { Policy: JSON.stringify(allow(...actions)) });
      expect(PackedPolicySize).to.equal(100);
    }));

  for (const [what, more, name, message] of [
    ["a policy of 2,049 letters", { Policy: " ".repeat(2049) }, "ValidationError", /'policy'.*2048/],
    [
      "eleven managed policies",
      { PolicyArns: Array.from({ length: 11 }, () => ({ arn: boundary })) },
      "ValidationError",
      /'policyArns'.*10/,
    ],
    [
      "a policy that IAM would not take",
      { Policy: "{}" },
      "MalformedPolicyDocumentException",
      /^Syntax errors in policy/,
    ],
    ["a length with a fraction", { DurationSeconds: 900.5 }, "MalformedInput", /DurationSeconds/],
    ["a length of a minute", { DurationSeconds: 60 }, "ValidationError", /greater than or equal to 900/],
  ] as const) {
    it(`is not ${what}`, () =>
      served1(async (emulator) => {
        const failure = await failureOf(assuming(clientsOf(emulator).sts, more));
        expect(failure.name).to.equal(name);
        expect(failure.message).to.match(message);
      }));
  }
});

describe("IAM and KMS in the emulator", () => {
  it("change nobody who was not named", () =>
    served1(async (emulator) => {
      const { iam } = clientsOf(emulator);

      const failure = await failureOf(iam.send(new DeleteUserCommand({ UserName: undefined })));

      expect(failure).to.include({ name: "ValidationError", status: 400 });
      expect((await iam.send(new GetUserCommand({}))).User?.UserName).to.equal("alice");
    }));

  it("list users and roles without tags and boundary, which only GetUser and GetRole tell", () =>
    served1(async (emulator) => {
      const { iam } = clientsOf(emulator);

      const { Users } = await iam.send(new ListUsersCommand({}));
      const { Roles } = await iam.send(new ListRolesCommand({}));
      const { User } = await iam.send(new GetUserCommand({}));

      expect(Users?.[0]).to.include({ UserName: "alice" }).and.to.not.have.any.keys("Tags", "PermissionsBoundary");
      expect(Roles?.[0]).to.include({ RoleName: "Chained" }).and.to.not.have.any.keys("Tags", "PermissionsBoundary");
      expect(User).to.have.nested.property("PermissionsBoundary.PermissionsBoundaryArn", boundary);
    }));

  it("delete a key after the days that were asked for", () =>
    served1(async (emulator) => {
      const { kms } = clientsOf(emulator);
      const before = Date.now();

      const { DeletionDate } = await kms.send(
        new ScheduleKeyDeletionCommand({ KeyId: keyArn, PendingWindowInDays: 7 }),
      );
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyArn }));

      expect((DeletionDate?.getTime() ?? 0) - before).to.be.closeTo(7 * 86_400_000, 60_000);
      expect(KeyMetadata?.DeletionDate?.getTime()).to.be.closeTo(DeletionDate?.getTime() ?? 0, 1000);
    }));
});

describe("startEmulator", () => {
  const failing = async (options: object) => {
    try {
      await (await startEmulator(options as never)).stop();
    } catch (error) {
      return error as Error;
    }
    throw new Error("expected it to refuse");
  };

  it("refuses a world that is none, with the path in it", async () => {
    const error = await failing({ world: { accounts: [{ id: "12" }], caller: { arn: "x" } } });

    expect(error.name).to.equal("WorldFormatError");
    expect(error.message).to.match(/caller\.arn|accounts\[0\]\.id/);
  });

  it("takes a world as a file has it, with its lists left out", () =>
    served(
      { world: { caller: { arn: `arn:aws:iam::${accountId}:root` }, accounts: [{ id: accountId }] } as never },
      async (emulator) => {
        const { Arn } = await clientsOf(emulator).sts.send(new GetCallerIdentityCommand({}));
        expect(Arn).to.equal(`arn:aws:iam::${accountId}:root`);
      },
    ));

  it("refuses an option that it does not know, or that is wrong", async () => {
    expect((await failing({ prot: 1 })).message).to.match(/options\.prot/);
    expect((await failing({ port: "80" })).message).to.match(/options\.port/);
    expect((await failing({ enforce: ["backup:Fly"] })).message).to.match(/options\.enforce/);
  });
});
