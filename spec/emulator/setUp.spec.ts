import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteUserCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ListGrantsCommand,
  PutKeyPolicyCommand,
  RetireGrantCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand as CreateOrganizationPolicyCommand,
  DescribeCreateAccountStatusCommand,
  DetachPolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, GetCallerIdentityCommand, GetFederationTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { account, type Emulator, type EmulatorClientConfig, user, world } from "../../lib/emulator/index.js";
import type { PolicyDocument, PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import { failureOf, served } from "./served.js";
import { allow, deny } from "./worlds.js";

const managementId = "111122223333";
const json = JSON.stringify;

/** Nothing but an account with a user who may do everything. */
const bareWorld = () =>
  world({
    region: "eu-west-1",
    caller: { arn: `arn:aws:iam::${managementId}:user/admin` },
    accounts: [
      account({
        id: managementId,
        users: [user({ name: "admin", attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
      }),
    ],
  });

const trust = (principal: string): string =>
  json({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }],
  });

const keyPolicy = (...statements: Partial<PolicyStatement>[]): string =>
  json({ Version: "2012-10-17", Statement: statements.map((one) => ({ Effect: "Allow", Resource: "*", ...one })) });

/** Everything by the credentials of one caller. */
function as(config: EmulatorClientConfig) {
  const settings = { ...config, maxAttempts: 1 };
  return {
    iam: new IAMClient(settings),
    sts: new STSClient(settings),
    kms: new KMSClient(settings),
    organizations: new OrganizationsClient(settings),
    backup: new BackupClient(settings),
    settings,
  };
}

async function assume(emulator: Emulator, by: STSClient, RoleArn: string, options: { Policy?: string } = {}) {
  const { Credentials } = await by.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "session", ...options }));
  return as({
    ...emulator.clientConfig(),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    },
  });
}

/** A member account in an organizational unit of its own, made by calls alone. */
async function memberAccount(emulator: Emulator) {
  const management = as(emulator.clientConfig());
  const { organizations } = management;
  await organizations.send(new CreateOrganizationCommand({}));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const rootId = Roots?.[0]?.Id ?? "";
  expect(Roots?.[0]?.PolicyTypes, "policy types of a new organization").to.deep.equal([]);
  await organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" }));
  const { OrganizationalUnit } = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: rootId, Name: "Workloads" }),
  );
  const unitId = OrganizationalUnit?.Id ?? "";
  const { CreateAccountStatus: begun } = await organizations.send(
    new CreateAccountCommand({ AccountName: "prod", Email: "prod@example.com" }),
  );
  expect(begun?.State).to.equal("IN_PROGRESS");
  const { CreateAccountStatus: done } = await organizations.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: begun?.Id }),
  );
  const accountId = done?.AccountId ?? "";
  await organizations.send(
    new MoveAccountCommand({ AccountId: accountId, SourceParentId: rootId, DestinationParentId: unitId }),
  );
  const admin = await assume(emulator, management.sts, `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`);
  return { management, admin, accountId, unitId, rootId };
}

const opaque = /^Insufficient privileges to create a backup vault/;

describe("A world set up by calls alone", () => {
  it("refuses the vault for each layer, and creates it once each is mended", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { management, admin, accountId, unitId, rootId } = await memberAccount(emulator);
      const root = `arn:aws:iam::${accountId}:root`;
      const { Role } = await admin.iam.send(
        new CreateRoleCommand({ RoleName: "Deployer", Path: "/team/", AssumeRolePolicyDocument: trust(root) }),
      );
      const roleArn = Role?.Arn ?? "";
      const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({ Description: "vaults" }));
      const keyArn = KeyMetadata?.Arn ?? "";
      const deployer = await assume(emulator, admin.sts, roleArn);
      const create = () =>
        deployer.backup.send(new CreateBackupVaultCommand({ BackupVaultName: "prod", EncryptionKeyArn: keyArn }));
      const refusal = async () => (await failureOf(create())).message;

      // Identity policy
      expect(await refusal()).to.contain("because no identity-based policy allows the backup:CreateBackupVault action");
      const { Policy } = await admin.iam.send(
        new CreatePolicyCommand({ PolicyName: "CreateVault", PolicyDocument: json(allow("backup:*", "kms:*")) }),
      );
      const policyArn = Policy?.Arn ?? "";
      await admin.iam.send(new AttachRolePolicyCommand({ RoleName: "Deployer", PolicyArn: policyArn }));
      expect(await refusal()).to.match(opaque);
      await admin.iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: policyArn,
          PolicyDocument: json(allow("backup:*", "kms:*", "backup-storage:*")),
          SetAsDefault: true,
        }),
      );

      // Permissions boundary
      const { Policy: boundary } = await admin.iam.send(
        new CreatePolicyCommand({ PolicyName: "Boundary", PolicyDocument: json(allow("backup:*")) }),
      );
      await admin.iam.send(
        new PutRolePermissionsBoundaryCommand({ RoleName: "Deployer", PermissionsBoundary: boundary?.Arn }),
      );
      expect(await refusal()).to.match(opaque);
      await admin.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "Deployer" }));

      // Service control policy
      const { Policy: guard } = await management.organizations.send(
        new CreateOrganizationPolicyCommand({
          Name: "Guard",
          Description: "",
          Type: "SERVICE_CONTROL_POLICY",
          Content: json(deny("backup:CreateBackupVault")),
        }),
      );
      const attachment = { PolicyId: guard?.PolicySummary?.Id, TargetId: unitId };
      await management.organizations.send(new AttachPolicyCommand(attachment));
      expect(await refusal()).to.contain(
        `with an explicit deny in a service control policy: ${guard?.PolicySummary?.Arn}`,
      );
      await management.organizations.send(new DetachPolicyCommand(attachment));

      // Resource control policy
      await management.organizations.send(
        new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: "RESOURCE_CONTROL_POLICY" }),
      );
      const { Policy: fence } = await management.organizations.send(
        new CreateOrganizationPolicyCommand({
          Name: "Fence",
          Description: "",
          Type: "RESOURCE_CONTROL_POLICY",
          Content: json({
            Version: "2012-10-17",
            Statement: [{ Effect: "Deny", Principal: "*", Action: "kms:CreateGrant", Resource: "*" }],
          }),
        }),
      );
      const fenced = { PolicyId: fence?.PolicySummary?.Id, TargetId: accountId };
      await management.organizations.send(new AttachPolicyCommand(fenced));
      expect(await refusal()).to.match(opaque);
      await management.organizations.send(new DetachPolicyCommand(fenced));

      // Key policy
      const withRoot = { Principal: { AWS: root }, Action: "kms:*" };
      const onlyAdmin = keyPolicy({
        Principal: { AWS: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole` },
        Action: "kms:*",
      });
      await admin.kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, PolicyName: "default", Policy: onlyAdmin }));
      expect(await refusal()).to.match(opaque);
      const denying = { Effect: "Deny" as const, Principal: { AWS: roleArn }, Action: "kms:Decrypt" };
      await admin.kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: keyPolicy(withRoot, denying) }));
      expect(await refusal()).to.match(opaque);
      await admin.kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: keyPolicy(withRoot) }));

      // Key state
      await admin.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
      expect(await refusal()).to.match(opaque);
      await admin.kms.send(new EnableKeyCommand({ KeyId: keyArn }));

      // Session policy
      const limited = await assume(emulator, admin.sts, roleArn, { Policy: json(allow("kms:*", "backup-storage:*")) });
      const byLimited = limited.backup.send(
        new CreateBackupVaultCommand({ BackupVaultName: "prod", EncryptionKeyArn: keyArn }),
      );
      expect((await failureOf(byLimited)).message).to.contain("because no session policy allows");

      expect((await create()).BackupVaultName).to.equal("prod");
    }));
});

describe("IAM set up by calls", () => {
  it("makes users who sign with their own access keys and get their groups' rights", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { iam } = as(emulator.clientConfig());
      await iam.send(new CreateUserCommand({ UserName: "bob" }));
      await iam.send(new CreateGroupCommand({ GroupName: "Admins" }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "bob" }));
      const bob = as({
        ...emulator.clientConfig(),
        credentials: {
          accessKeyId: AccessKey?.AccessKeyId ?? "",
          secretAccessKey: AccessKey?.SecretAccessKey ?? "",
        },
      });
      const { Arn } = await bob.sts.send(new GetCallerIdentityCommand({}));
      expect(Arn).to.equal(`arn:aws:iam::${managementId}:user/bob`);
      expect((await failureOf(bob.kms.send(new CreateKeyCommand({})))).message).to.contain(
        "because no identity-based policy allows the kms:CreateKey action",
      );
      await iam.send(new AddUserToGroupCommand({ GroupName: "Admins", UserName: "bob" }));
      await iam.send(
        new AttachGroupPolicyCommand({ GroupName: "Admins", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      );
      expect((await bob.kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyState).to.equal("Enabled");
    }));

  it("refuses what AWS would not store, with its own errors", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { iam } = as(emulator.clientConfig());
      const make = () =>
        iam.send(new CreateRoleCommand({ RoleName: "Twice", AssumeRolePolicyDocument: trust(managementId) }));
      await make();
      expect(await failureOf(make())).to.deep.equal({
        name: "EntityAlreadyExistsException",
        message: "Role with name Twice already exists.",
        status: 409,
      });
      const put = (document: string) =>
        failureOf(iam.send(new PutRolePolicyCommand({ RoleName: "Twice", PolicyName: "P", PolicyDocument: document })));
      expect(await put("{")).to.deep.equal({
        name: "MalformedPolicyDocumentException",
        message: "Syntax errors in policy.",
        status: 400,
      });
      const withPrincipal = json({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
      });
      expect((await put(withPrincipal)).message).to.equal("Policy document should not specify a principal.");
      const unknown = new AttachRolePolicyCommand({ RoleName: "Twice", PolicyArn: "arn:aws:iam::aws:policy/Nothing" });
      expect((await failureOf(iam.send(unknown))).name).to.equal("NoSuchEntityException");
      await iam.send(
        new PutUserPolicyCommand({ UserName: "admin", PolicyName: "P", PolicyDocument: json(allow("*")) }),
      );
      expect((await failureOf(iam.send(new DeleteUserCommand({ UserName: "admin" })))).name).to.equal(
        "DeleteConflictException",
      );
    }));

  it("does not give a role that is made again what its namesake had", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { iam, kms, sts } = as(emulator.clientConfig());
      const role = { RoleName: "Reader", AssumeRolePolicyDocument: trust(managementId) };
      const { Role } = await iam.send(new CreateRoleCommand(role));
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      const KeyId = KeyMetadata?.Arn ?? "";
      await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: Role?.Arn, Operations: ["DescribeKey"] }));
      const first = await assume(emulator, sts, Role?.Arn ?? "");
      expect((await first.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Arn).to.equal(KeyId);

      await iam.send(new DeleteRoleCommand({ RoleName: "Reader" }));
      await iam.send(new CreateRoleCommand(role));
      const again = await iam.send(new GetRoleCommand({ RoleName: "Reader" }));
      expect(again.Role?.RoleId).not.to.equal(Role?.RoleId);
      const second = await assume(emulator, sts, Role?.Arn ?? "");
      expect((await failureOf(second.kms.send(new DescribeKeyCommand({ KeyId })))).name).to.equal(
        "AccessDeniedException",
      );
    }));
});

describe("STS", () => {
  it("lets nobody assume a role whose trust policy does not name them", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { iam, sts } = as(emulator.clientConfig());
      const RoleArn = `arn:aws:iam::${managementId}:role/Closed`;
      await iam.send(
        new CreateRoleCommand({
          RoleName: "Closed",
          AssumeRolePolicyDocument: trust("arn:aws:iam::999999999999:root"),
        }),
      );
      const failure = await failureOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "session" })));
      expect(failure).to.deep.equal({
        name: "AccessDenied",
        message: `User: arn:aws:iam::${managementId}:user/admin is not authorized to perform: sts:AssumeRole on resource: ${RoleArn} because no role trust policy allows the sts:AssumeRole action`,
        status: 403,
      });
      const missing = new AssumeRoleCommand({ RoleArn: `${RoleArn}Not`, RoleSessionName: "session" });
      expect((await failureOf(sts.send(missing))).name).to.equal("AccessDenied");
    }));

  it("limits a federated user by the session policy it was given, to nothing where it was given none", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { sts } = as(emulator.clientConfig());
      const federated = async (Policy?: string) => {
        const { Credentials, FederatedUser } = await sts.send(
          new GetFederationTokenCommand({ Name: "guest", ...(Policy !== undefined && { Policy }) }),
        );
        expect(FederatedUser?.Arn).to.equal(`arn:aws:sts::${managementId}:federated-user/guest`);
        return as({
          ...emulator.clientConfig(),
          credentials: {
            accessKeyId: Credentials?.AccessKeyId ?? "",
            secretAccessKey: Credentials?.SecretAccessKey ?? "",
            sessionToken: Credentials?.SessionToken ?? "",
          },
        });
      };
      const limited = await federated(json(allow("kms:*")));
      expect((await limited.kms.send(new CreateKeyCommand({}))).KeyMetadata?.Enabled).to.equal(true);
      const nothing = await federated();
      expect((await failureOf(nothing.kms.send(new CreateKeyCommand({})))).message).to.contain(
        "because no session policy allows the kms:CreateKey action",
      );
    }));
});

describe("KMS set up by calls", () => {
  const made = async (emulator: Emulator, policy?: string) => {
    const clients = as(emulator.clientConfig());
    const { KeyMetadata } = await clients.kms.send(
      new CreateKeyCommand(policy === undefined ? {} : { Policy: policy, BypassPolicyLockoutSafetyCheck: true }),
    );
    return { ...clients, KeyId: KeyMetadata?.Arn ?? "" };
  };

  it("encrypts and decrypts only with the same encryption context", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { kms, KeyId } = await made(emulator);
      const EncryptionContext = { a: "1", b: "2" };
      const { CiphertextBlob } = await kms.send(
        new EncryptCommand({ KeyId, Plaintext: Buffer.from("hello"), EncryptionContext }),
      );
      const { Plaintext } = await kms.send(
        new DecryptCommand({ CiphertextBlob, EncryptionContext: { b: "2", a: "1" } }),
      );
      expect(Buffer.from(Plaintext ?? []).toString()).to.equal("hello");
      expect((await failureOf(kms.send(new DecryptCommand({ CiphertextBlob })))).name).to.equal(
        "InvalidCiphertextException",
      );
      const data = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }));
      const opened = await kms.send(new DecryptCommand({ CiphertextBlob: data.CiphertextBlob }));
      expect(opened.Plaintext).to.deep.equal(data.Plaintext);
    }));

  it("answers a dry run with DryRunOperationException where it would have succeeded", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { kms, KeyId } = await made(emulator);
      const grantee = { GranteePrincipal: `arn:aws:iam::${managementId}:user/admin`, Operations: ["Decrypt" as const] };
      for (const call of [
        kms.send(new CreateGrantCommand({ KeyId, ...grantee, DryRun: true })),
        kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", DryRun: true })),
        kms.send(new DecryptCommand({ KeyId, DryRun: true, DryRunModifiers: ["IGNORE_CIPHERTEXT"] })),
      ]) {
        expect((await failureOf(call)).name).to.equal("DryRunOperationException");
      }
      expect((await kms.send(new ListGrantsCommand({ KeyId }))).Grants).to.deep.equal([]);
    }));

  it("refuses a key policy that would lock everybody out, unless told to", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { kms } = as(emulator.clientConfig());
      const Policy = keyPolicy({ Principal: { AWS: "arn:aws:iam::999999999999:role/Other" }, Action: "kms:*" });
      expect(await failureOf(kms.send(new CreateKeyCommand({ Policy })))).to.deep.equal({
        name: "MalformedPolicyDocumentException",
        message: "The new key policy will not allow you to update the key policy in the future.",
        status: 400,
      });
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy, BypassPolicyLockoutSafetyCheck: true }));
      const reading = new DescribeKeyCommand({ KeyId: KeyMetadata?.Arn });
      expect((await failureOf(kms.send(reading))).message).to.contain("because no resource-based policy allows");
    }));

  it("follows the key's life, and says why a key cannot be used", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { kms, KeyId } = await made(emulator);
      const use = async () => {
        const { name, message } = await failureOf(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" })));
        return { name, message };
      };
      await kms.send(new CreateAliasCommand({ AliasName: "alias/life", TargetKeyId: KeyId }));
      await kms.send(new DisableKeyCommand({ KeyId }));
      expect(await use()).to.deep.equal({ name: "DisabledException", message: `${KeyId} is disabled.` });
      await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      expect(await use()).to.deep.equal({ name: "KMSInvalidStateException", message: `${KeyId} is pending deletion.` });
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/life" }));
      expect(KeyMetadata?.KeyState).to.equal("PendingDeletion");
      await kms.send(new CancelKeyDeletionCommand({ KeyId }));
      await kms.send(new EnableKeyCommand({ KeyId }));
      const { Plaintext } = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }));
      expect(Plaintext).to.have.lengthOf(32);
    }));

  it("lets those retire a grant whom it names, whatever their policies do not say", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { iam, kms, sts, KeyId } = await made(emulator);
      for (const RoleName of ["Retirer", "Bystander"]) {
        await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(managementId) }));
      }
      const retirer = `arn:aws:iam::${managementId}:role/Retirer`;
      const { GrantId } = await kms.send(
        new CreateGrantCommand({
          KeyId,
          GranteePrincipal: retirer,
          RetiringPrincipal: retirer,
          Operations: ["Decrypt"],
        }),
      );
      const retire = new RetireGrantCommand({ KeyId, GrantId });
      const bystander = await assume(emulator, sts, `arn:aws:iam::${managementId}:role/Bystander`);
      expect((await failureOf(bystander.kms.send(retire))).name).to.equal("AccessDeniedException");
      const named = await assume(emulator, sts, retirer);
      await named.kms.send(retire);
      expect((await kms.send(new ListGrantsCommand({ KeyId }))).Grants).to.deep.equal([]);
    }));
});

describe("Organizations set up by calls", () => {
  it("does not store a resource control policy that allows, and never leaves a target without a policy", () =>
    served({ world: bareWorld() }, async (emulator) => {
      const { management, unitId, rootId } = await memberAccount(emulator);
      const { organizations } = management;
      const make = (Type: "RESOURCE_CONTROL_POLICY" | "SERVICE_CONTROL_POLICY", document: PolicyDocument) =>
        organizations.send(
          new CreateOrganizationPolicyCommand({ Name: "P", Description: "", Type, Content: json(document) }),
        );
      expect((await failureOf(make("RESOURCE_CONTROL_POLICY", allow("kms:*")))).name).to.equal(
        "MalformedPolicyDocumentException",
      );
      const { Policy } = await make("RESOURCE_CONTROL_POLICY", {
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" }],
      });
      const attach = new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: unitId });
      expect((await failureOf(organizations.send(attach))).name).to.equal("PolicyTypeNotEnabledException");
      await organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: "RESOURCE_CONTROL_POLICY" }));
      await organizations.send(attach);
      const last = new DetachPolicyCommand({ PolicyId: "p-FullAWSAccess", TargetId: unitId });
      expect((await failureOf(organizations.send(last))).name).to.equal("ConstraintViolationException");
    }));
});
