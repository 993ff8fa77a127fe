import {
  BackupClient,
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DeleteBackupVaultNotificationsCommand,
  DeleteRecoveryPointCommand,
  DescribeBackupVaultCommand,
  DescribeRecoveryPointCommand,
  GetBackupVaultAccessPolicyCommand,
  GetBackupVaultNotificationsCommand,
  ListRecoveryPointsByBackupVaultCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  PutBackupVaultNotificationsCommand,
} from "@aws-sdk/client-backup";
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListInstanceProfilesForRoleCommand,
  ListPolicyTagsCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListGrantsCommand,
  ListRetirableGrantsCommand,
  PutKeyPolicyCommand,
  RetireGrantCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import {
  DeregisterDelegatedAdministratorCommand,
  EnableAWSServiceAccessCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
  TagResourceCommand,
  UpdateOrganizationalUnitCommand,
} from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, STSClient, type Tag } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type Emulator, key } from "../../lib/emulator/index.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, allSeven, keyArn, managementId, memberWorld } from "./worlds.js";

/*
 * What live AWS was captured to answer, and what its references document, of things that a suite around a vault meets:
 * [STACKD] github.com/radkawar/stackd @9dc356f, testdata/aws/kms/grants.json; [LS] AWS-validated records of LocalStack's
 * tests; the rest as the operations' own reference pages say.
 */

const deployer = `arn:aws:iam::${accountId}:role/team/Deployer`;
const clientsOf = (emulator: Emulator, principal = deployer) => {
  const config = { ...emulator.clientConfig(principal), maxAttempts: 1 };
  return {
    backup: new BackupClient(config),
    iam: new IAMClient(config),
    kms: new KMSClient(config),
    sts: new STSClient(config),
    organizations: new OrganizationsClient(config),
  };
};
type Clients = ReturnType<typeof clientsOf>;
const inMember = <T>(use: (clients: Clients, emulator: Emulator) => Promise<T>): Promise<T> =>
  served({ world: memberWorld() }, (emulator) => use(clientsOf(emulator), emulator));

describe("Grants", () => {
  const granting = (kms: KMSClient, GranteePrincipal: string, more: object = {}) =>
    kms.send(new CreateGrantCommand({ KeyId: keyArn, GranteePrincipal, Operations: ["Decrypt"], ...more }));

  for (const principal of [
    `arn:aws:iam::${accountId}:role/Nobody`,
    `arn:aws:iam::${accountId}:role/Deployer`,
    `arn:aws:sts::${accountId}:assumed-role/team/Deployer/session`,
    `arn:aws:sts::${accountId}:assumed-role/Nobody/session`,
    "AROAEXAMPLEEXAMPLE000",
  ]) {
    it(`cannot be given to who does not exist: ${principal} [STACKD]`, () =>
      inMember(async ({ kms }) => {
        expect(await failureOf(granting(kms, principal))).to.include({ name: "InvalidArnException", status: 400 });
      }));
  }

  for (const principal of [deployer, `arn:aws:sts::${accountId}:assumed-role/Deployer/any`, accountId]) {
    it(`can be given to who exists: ${principal}`, () =>
      inMember(async ({ kms }) => {
        expect((await granting(kms, principal)).GrantId).to.match(/^[0-9a-f]{64}$/);
      }));
  }

  it("of one name and alike are one grant [STACKD]", () =>
    inMember(async ({ kms }) => {
      const first = await granting(kms, deployer, { Name: "once" });
      const again = await granting(kms, deployer, { Name: "once" });
      const other = await granting(kms, deployer, { Name: "twice" });
      expect(again.GrantId).to.equal(first.GrantId);
      expect(other.GrantId).not.to.equal(first.GrantId);
      expect((await kms.send(new ListGrantsCommand({ KeyId: keyArn }))).Grants).to.have.lengthOf(2);
    }));

  it("to a session are nobody's once the role was deleted, also where it is made again [STACKD]", () =>
    inMember(async ({ kms, iam }) => {
      const role = {
        RoleName: "Made",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: accountId }, Action: "sts:AssumeRole" }],
        }),
      };
      await iam.send(new CreateRoleCommand(role));
      const session = `arn:aws:sts::${accountId}:assumed-role/Made/session`;
      await granting(kms, session);
      await iam.send(new DeleteRoleCommand({ RoleName: "Made" }));
      await iam.send(new CreateRoleCommand(role));
      const [grant] = (await kms.send(new ListGrantsCommand({ KeyId: keyArn }))).Grants ?? [];
      expect(grant?.GranteePrincipal).to.match(/^AROA/);
    }));

  it("on another account's key need the caller's own policy to retire them, and refusals do not name the key [STACKD]", () => {
    const foreign = `arn:aws:kms:us-west-2:${managementId}:key/99999999-12ab-34cd-56ef-1234567890ab`;
    const world = memberWorld({ identity: allow("backup:*") });
    const grant = { grantId: "g1", granteePrincipal: deployer, retiringPrincipal: deployer, operations: ["Decrypt"] };
    world.accounts.find(({ id }) => id === managementId)?.keys.push(key({ arn: foreign, grants: [grant] }));
    return served({ world }, async (emulator) => {
      const { kms } = clientsOf(emulator);
      const failure = await failureOf(kms.send(new RetireGrantCommand({ KeyId: foreign, GrantId: "g1" })));
      expect(failure).to.include({ name: "AccessDeniedException", status: 400 });
      expect(failure.message).to.match(
        /is not authorized to perform: kms:RetireGrant on this resource because no identity-based policy allows/,
      );
    });
  });

  it("are listed for who may retire them", () =>
    inMember(async ({ kms }) => {
      await granting(kms, deployer, { RetiringPrincipal: deployer });
      await granting(kms, deployer);
      const { Grants } = await kms.send(new ListRetirableGrantsCommand({ RetiringPrincipal: deployer }));
      expect(Grants).to.have.lengthOf(1);
    }));
});

describe("KMS keys", () => {
  it("are named by an alias only where KMS takes one", () =>
    inMember(async ({ kms }) => {
      const KeyId = "alias/prod";
      await kms.send(new CreateAliasCommand({ AliasName: KeyId, TargetKeyId: keyArn }));
      expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Arn).to.equal(keyArn);
      expect((await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }))).KeyId).to.equal(keyArn);
      for (const call of [
        kms.send(new GetKeyPolicyCommand({ KeyId })),
        kms.send(new ListGrantsCommand({ KeyId })),
        kms.send(new EnableKeyRotationCommand({ KeyId })),
      ]) {
        expect((await failureOf(call)).name).to.equal("NotFoundException");
      }
    }));

  it("have no policy that names who does not exist", () =>
    inMember(async ({ kms }) => {
      const statement = { Effect: "Allow", Action: "kms:*", Resource: "*" };
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { ...statement, Principal: { AWS: `arn:aws:iam::${accountId}:root` } },
          { ...statement, Principal: { AWS: `arn:aws:iam::${accountId}:role/Nobody` } },
        ],
      });
      const failure = await failureOf(kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy })));
      expect(failure).to.deep.equal({
        name: "MalformedPolicyDocumentException",
        message: "Policy contains a statement with one or more invalid principals.",
        status: 400,
      });
    }));

  it("are rotated, described and told so", () =>
    inMember(async ({ kms }) => {
      const KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId;
      const status = async () => (await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled;
      expect(await status()).to.equal(false);
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
      expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).to.include({
        KeyRotationEnabled: true,
        RotationPeriodInDays: 180,
      });
      await kms.send(new DisableKeyRotationCommand({ KeyId }));
      expect(await status()).to.equal(false);
      await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: "of the vaults" }));
      expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Description).to.equal("of the vaults");
      const asymmetric = await kms.send(new CreateKeyCommand({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" }));
      const rotating = new EnableKeyRotationCommand({ KeyId: asymmetric.KeyMetadata?.KeyId });
      expect((await failureOf(kms.send(rotating))).name).to.equal("UnsupportedOperationException");
    }));

  for (const [state, name] of [
    ["Disabled", "DisabledException"],
    ["PendingDeletion", "KMSInvalidStateException"],
    ["PendingImport", "KMSInvalidStateException"],
  ] as const) {
    it(`in ${state} answer ${name} to a dry run by somebody who may, not AccessDenied`, () => {
      const world = memberWorld();
      for (const key of world.accounts[0]?.keys ?? []) key.state = state;
      return served({ world }, async (emulator) => {
        const { kms } = clientsOf(emulator);
        const grant = { KeyId: keyArn, GranteePrincipal: deployer, Operations: ["Decrypt" as const], DryRun: true };
        expect((await failureOf(kms.send(new CreateGrantCommand(grant)))).name).to.equal(name);
        const dataKey = new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: "AES_256", DryRun: true });
        expect((await failureOf(kms.send(dataKey))).name).to.equal(name);
      });
    });
  }

  it("let a dry run of CreateGrant pass only by its own context: the console's default policy refuses it", () => {
    const keyPolicy = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow" as const,
          Principal: { AWS: deployer },
          Action: ["kms:CreateGrant", "kms:DescribeKey"],
          Resource: "*",
          Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    };
    return served({ world: memberWorld({ keyPolicy }) }, async (emulator) => {
      const { kms, backup } = clientsOf(emulator);
      const grant = { KeyId: keyArn, GranteePrincipal: deployer, Operations: ["Decrypt" as const], DryRun: true };
      expect((await failureOf(kms.send(new CreateGrantCommand(grant)))).name).to.equal("AccessDeniedException");
      const refused = backup.send(new CreateBackupVaultCommand({ BackupVaultName: "v1", EncryptionKeyArn: keyArn }));
      expect((await failureOf(refused)).name).to.equal("AccessDeniedException");
      // What AWS Backup forwards, passes the same statement.
      const forwarded = emulator.cloudTrail.find(({ eventName, userIdentity }) =>
        eventName === "CreateGrant" ? userIdentity.invokedBy !== undefined : false,
      );
      expect(forwarded).not.to.have.property("errorCode");
    });
  });
});

describe("Session tags through role chaining [LS]", () => {
  const chain = async (
    emulator: Emulator,
    first: Tag[],
    keys: string[],
    second: Tag[] = [],
    secondKeys: string[] = [],
  ) => {
    const one = clientsOf(emulator);
    const assume = (sts: STSClient, Tags: Tag[], TransitiveTagKeys: string[]) =>
      sts.send(new AssumeRoleCommand({ RoleArn: deployer, RoleSessionName: "chained", Tags, TransitiveTagKeys }));
    const { Credentials } = await assume(one.sts, first, keys);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    return assume(new STSClient({ ...emulator.clientConfig(), credentials, maxAttempts: 1 }), second, secondKeys);
  };
  const world = () => memberWorld({ identity: allow("sts:*", "backup:*") });
  const cost = { Key: "cost", Value: "1" };
  const team = { Key: "team", Value: "storage" };

  it("go along where they are transitive", () =>
    served({ world: world() }, async (emulator) => {
      await chain(emulator, [cost, team], ["cost"], [{ Key: "Other", Value: "x" }]);
      const last = emulator.cloudTrail.at(-1);
      expect(last).to.include({ eventName: "AssumeRole" }).and.not.to.have.property("errorCode");
    }));

  const refusals: { why: string; run: (emulator: Emulator) => Promise<unknown>; message: RegExp }[] = [
    {
      why: "a transitive tag that is set again",
      run: (emulator) => chain(emulator, [cost], ["cost"], [cost]),
      message: /conflicts with a transitive tag key from the calling session/,
    },
    {
      why: "a transitive key that is not among the tags",
      run: (emulator) => chain(emulator, [cost], ["team"]),
      message: /must be included in the requested tags/,
    },
    {
      why: "two keys that differ in letter case alone",
      run: (emulator) => chain(emulator, [cost, { Key: "COST", Value: "2" }], []),
      message: /^Duplicate tag keys found/,
    },
  ];
  for (const { why, run, message } of refusals) {
    it(`refuses ${why}`, () =>
      served({ world: world() }, async (emulator) => {
        const failure = await failureOf(run(emulator));
        expect(failure.name).to.match(/^InvalidParameterValue/);
        expect(failure.message).to.match(message);
      }));
  }
});

describe("Resource control policies", () => {
  it("guard roles against being assumed, too", () => {
    const forEverybody: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole", Resource: "*" }],
    };
    const world = memberWorld({ identity: allow("sts:*"), resourceControl: forEverybody });
    return served({ world }, async (emulator) => {
      const { sts } = clientsOf(emulator);
      const failure = await failureOf(sts.send(new AssumeRoleCommand({ RoleArn: deployer, RoleSessionName: "next" })));
      expect(failure.message).to.match(/sts:AssumeRole .* with an explicit deny in a resource control policy/);
    });
  });
});

describe("IAM around a vault", () => {
  it("makes the service-linked role, once", () =>
    inMember(async ({ iam }) => {
      const input = { AWSServiceName: "backup.amazonaws.com" };
      const { Role } = await iam.send(new CreateServiceLinkedRoleCommand(input));
      expect(Role?.Arn).to.equal(
        `arn:aws:iam::${accountId}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
      );
      expect(await failureOf(iam.send(new CreateServiceLinkedRoleCommand(input)))).to.include({
        name: "InvalidInputException",
        status: 400,
      });
    }));

  it("updates a role, lists its instance profiles, tags a policy", () =>
    inMember(async ({ iam }) => {
      await iam.send(new UpdateRoleCommand({ RoleName: "Deployer", Description: "deploys", MaxSessionDuration: 7200 }));
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: "Deployer" }));
      expect(Role).to.include({ Description: "deploys", MaxSessionDuration: 7200 });
      const profiles = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: "Deployer" }));
      expect(profiles.InstanceProfiles).to.deep.equal([]);
      const PolicyDocument = JSON.stringify(allSeven);
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "More", PolicyDocument }));
      const PolicyArn = Policy?.Arn;
      await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: "a", Value: "1" }] }));
      expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).to.deep.equal([{ Key: "a", Value: "1" }]);
      await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ["a"] }));
      expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).to.deep.equal([]);
    }));
});

describe("Organizations around a vault", () => {
  const inManagement = (use: (organizations: OrganizationsClient) => Promise<void>) =>
    served({ world: memberWorld() }, (emulator) =>
      use(clientsOf(emulator, `arn:aws:iam::${managementId}:role/Admin`).organizations),
    );

  it("lets services in, registers and deregisters administrators, renames and tags", () =>
    inManagement(async (organizations) => {
      const ServicePrincipal = "backup.amazonaws.com";
      await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
      const access = await organizations.send(new ListAWSServiceAccessForOrganizationCommand({}));
      expect(access.EnabledServicePrincipals?.map((one) => one.ServicePrincipal)).to.deep.equal([ServicePrincipal]);

      const administrator = { AccountId: accountId, ServicePrincipal };
      await organizations.send(new RegisterDelegatedAdministratorCommand(administrator));
      await organizations.send(new DeregisterDelegatedAdministratorCommand(administrator));
      const { DelegatedAdministrators } = await organizations.send(new ListDelegatedAdministratorsCommand({}));
      expect(DelegatedAdministrators).to.deep.equal([]);
      const again = organizations.send(new DeregisterDelegatedAdministratorCommand(administrator));
      expect((await failureOf(again)).name).to.equal("AccountNotRegisteredException");

      const ResourceId = "ou-ab12-11111111";
      const renamed = await organizations.send(
        new UpdateOrganizationalUnitCommand({ OrganizationalUnitId: ResourceId, Name: "Production" }),
      );
      expect(renamed.OrganizationalUnit?.Name).to.equal("Production");
      const Tags = [{ Key: "env", Value: "prod" }];
      await organizations.send(new TagResourceCommand({ ResourceId, Tags }));
      expect((await organizations.send(new ListTagsForResourceCommand({ ResourceId }))).Tags).to.deep.equal(Tags);
    }));
});

describe("A vault's own settings", () => {
  const BackupVaultName = "prod-vault";
  const inVault = (use: (backup: BackupClient, emulator: Emulator) => Promise<void>) =>
    inMember(async ({ backup }, emulator) => {
      await backup.send(new CreateBackupVaultCommand({ BackupVaultName, EncryptionKeyArn: keyArn }));
      await use(backup, emulator);
    });

  it("are its access policy, its notifications and its lock", () =>
    inVault(async (backup) => {
      const getting = () => backup.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName }));
      expect((await failureOf(getting())).name).to.equal("ResourceNotFoundException");
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Principal: "*", Action: "backup:DeleteRecoveryPoint", Resource: "*" }],
      });
      await backup.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy }));
      expect((await getting()).Policy).to.equal(Policy);
      await backup.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName }));
      expect((await failureOf(getting())).name).to.equal("ResourceNotFoundException");

      const SNSTopicArn = `arn:aws:sns:us-west-2:${accountId}:vaults`;
      const BackupVaultEvents = ["BACKUP_JOB_COMPLETED" as const];
      await backup.send(new PutBackupVaultNotificationsCommand({ BackupVaultName, SNSTopicArn, BackupVaultEvents }));
      const told = await backup.send(new GetBackupVaultNotificationsCommand({ BackupVaultName }));
      expect(told).to.deep.include({ SNSTopicArn, BackupVaultEvents });
      await backup.send(new DeleteBackupVaultNotificationsCommand({ BackupVaultName }));

      await backup.send(new PutBackupVaultLockConfigurationCommand({ BackupVaultName, MinRetentionDays: 7 }));
      const locked = await backup.send(new DescribeBackupVaultCommand({ BackupVaultName }));
      expect(locked).to.include({ Locked: true, MinRetentionDays: 7 });
      await backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }));
      expect((await backup.send(new DescribeBackupVaultCommand({ BackupVaultName }))).Locked).to.equal(false);
    }));

  it("keep it from being deleted while it holds recovery points", () =>
    inVault(async (backup, emulator) => {
      const [vault] = emulator.world.accounts[0]?.vaults ?? [];
      if (vault !== undefined) vault.recoveryPoints = 2;
      expect(await failureOf(backup.send(new DeleteBackupVaultCommand({ BackupVaultName })))).to.deep.equal({
        name: "InvalidRequestException",
        message: "Backup vault cannot be deleted (contains 2 recovery points)",
        status: 400,
      });
    }));

  const byPolicy = (Effect: "Allow" | "Deny", Action: string, more: object = {}) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Principal: "*", Action, Resource: "*", ...more }] });

  it("refuse what its access policy denies, also to who may do everything", () =>
    inVault(async (backup) => {
      const Policy = byPolicy("Deny", "backup:DeleteBackupVault");
      await backup.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy }));
      const failure = await failureOf(backup.send(new DeleteBackupVaultCommand({ BackupVaultName })));
      expect(failure).to.include({ name: "AccessDeniedException", status: 403 });
      expect(failure.message).to.match(
        /is not authorized to perform: backup:DeleteBackupVault on resource: \S+:prod-vault with an explicit deny in a resource-based policy$/,
      );
      await backup.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName }));
      await backup.send(new DeleteBackupVaultCommand({ BackupVaultName }));
    }));

  it("let in whom its access policy names, and nobody else without an identity policy", () => {
    const world = memberWorld({ identity: allow("kms:*") });
    const vault = {
      name: BackupVaultName,
      region: "us-west-2",
      encryptionKeyArn: keyArn,
      creationDate: "2026-01-01T00:00:00Z",
    };
    const accessPolicy = byPolicy("Allow", "backup:DescribeBackupVault", { Principal: { AWS: deployer } });
    world.accounts[0]?.vaults.push({ ...vault, tags: {}, accessPolicy });
    return served({ world }, async (emulator) => {
      const { backup } = clientsOf(emulator);
      await backup.send(new DescribeBackupVaultCommand({ BackupVaultName }));
      const refused = backup.send(new DeleteBackupVaultCommand({ BackupVaultName }));
      expect((await failureOf(refused)).message).to.match(/no identity-based policy allows/);
    });
  });

  it("keep recovery points from being deleted, by policy and by lock", () =>
    inVault(async (backup, emulator) => {
      const [vault] = emulator.world.accounts[0]?.vaults ?? [];
      if (vault !== undefined) vault.recoveryPoints = 2;
      const points = async () => {
        const { RecoveryPoints } = await backup.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName }));
        return RecoveryPoints?.map(({ RecoveryPointArn }) => RecoveryPointArn) ?? [];
      };
      const [RecoveryPointArn] = await points();
      const deleting = () => backup.send(new DeleteRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }));
      const Policy = byPolicy("Deny", "backup:DeleteRecoveryPoint");
      await backup.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy }));
      expect((await failureOf(deleting())).name).to.equal("AccessDeniedException");
      await backup.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName }));
      await backup.send(new PutBackupVaultLockConfigurationCommand({ BackupVaultName, MinRetentionDays: 7 }));
      expect((await failureOf(deleting())).name).to.equal("InvalidRequestException");
      await backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }));
      await deleting();
      expect(await points())
        .to.have.lengthOf(1)
        .and.not.include(RecoveryPointArn);
      const gone = backup.send(new DescribeRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }));
      expect((await failureOf(gone)).name).to.equal("ResourceNotFoundException");
    }));

  it("of a logically air-gapped one are made with it, for its own action alone", () =>
    served({ world: memberWorld({ identity: allow("backup:*") }) }, async (emulator) => {
      const { backup } = clientsOf(emulator);
      const input = { BackupVaultName: "gapped", MinRetentionDays: 7, MaxRetentionDays: 30 };
      await backup.send(new CreateLogicallyAirGappedBackupVaultCommand(input));
      const told = await backup.send(new DescribeBackupVaultCommand({ BackupVaultName: "gapped" }));
      expect(told).to.include({ VaultType: "LOGICALLY_AIR_GAPPED_BACKUP_VAULT", Locked: true, MaxRetentionDays: 30 });
      const wrong = backup.send(new CreateLogicallyAirGappedBackupVaultCommand({ ...input, MinRetentionDays: 1 }));
      expect((await failureOf(wrong)).name).to.equal("InvalidParameterValueException");
    }));
});
