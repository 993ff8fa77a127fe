import {
  BackupClient,
  CreateBackupVaultCommand,
  type CreateBackupVaultCommandInput,
  DeleteBackupVaultCommand,
  DescribeBackupVaultCommand,
  ListBackupVaultsCommand,
  ListTagsCommand,
  paginateListBackupVaults,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-backup";
import { expect } from "chai";
import type { Emulator, World } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, allSeven, type Changes, deny, keyArn, memberWorld, vaultArn } from "./worlds.js";

const opaque =
  "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.";
const sessionArn = `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`;

function client(emulator: Emulator): BackupClient {
  return new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 });
}

function create(emulator: Emulator, input: Partial<CreateBackupVaultCommandInput> = {}) {
  return client(emulator).send(
    new CreateBackupVaultCommand({ BackupVaultName: "prod-vault", EncryptionKeyArn: keyArn, ...input }),
  );
}

const refusal = (world: World) => served({ world }, (emulator) => failureOf(create(emulator)));

describe("AWS Backup in the emulator", () => {
  it("creates a vault that can be described, listed, tagged and deleted", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const backup = client(emulator);

      const made = await create(emulator, { BackupVaultTags: { stage: "prod" } });
      expect(made.BackupVaultArn).to.equal(vaultArn);
      expect(made.CreationDate).to.be.instanceOf(Date);

      const described = await backup.send(new DescribeBackupVaultCommand({ BackupVaultName: "prod-vault" }));
      expect(described).to.include({ BackupVaultArn: vaultArn, EncryptionKeyArn: keyArn, VaultState: "AVAILABLE" });
      await backup.send(new TagResourceCommand({ ResourceArn: vaultArn, Tags: { owner: "alice" } }));
      await backup.send(new UntagResourceCommand({ ResourceArn: vaultArn, TagKeyList: ["stage"] }));
      const { Tags } = await backup.send(new ListTagsCommand({ ResourceArn: vaultArn }));
      expect(Tags).to.deep.equal({ owner: "alice" });
      const listed = await backup.send(new ListBackupVaultsCommand({}));
      expect(listed.BackupVaultList?.map(({ BackupVaultName }) => BackupVaultName)).to.deep.equal(["prod-vault"]);

      await backup.send(new DeleteBackupVaultCommand({ BackupVaultName: "prod-vault" }));
      const after = await backup.send(new ListBackupVaultsCommand({}));
      expect(after.BackupVaultList).to.deep.equal([]);
    }));

  it("says AlreadyExistsException when a vault is created twice", () =>
    served({ world: memberWorld() }, async (emulator) => {
      await create(emulator);
      const failure = await failureOf(create(emulator));
      expect(failure).to.include({ name: "AlreadyExistsException", status: 400 });
    }));

  it("answers a repeated call with the same token as it answered the first", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const first = await create(emulator, { CreatorRequestId: "token-1" });
      const second = await create(emulator, { CreatorRequestId: "token-1" });
      expect(second.CreationDate).to.deep.equal(first.CreationDate);
    }));

  it("lists vaults page by page", () =>
    served({ world: memberWorld() }, async (emulator) => {
      for (const name of ["one", "two", "three"]) await create(emulator, { BackupVaultName: name });
      const pages: number[] = [];
      for await (const page of paginateListBackupVaults({ client: client(emulator), pageSize: 2 }, {})) {
        pages.push(page.BackupVaultList?.length ?? 0);
      }
      expect(pages).to.deep.equal([2, 1]);
    }));

  it("refuses an alias as key, as AWS Backup does (aws-cdk#10979)", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const alias = `arn:aws:kms:us-west-2:${accountId}:alias/prod`;
      const failure = await failureOf(create(emulator, { EncryptionKeyArn: alias }));
      expect(failure).to.include({
        name: "InvalidParameterValueException",
        message: "KMS key Alias is not supported by AWS Backup",
        status: 400,
      });
    }));

  it("makes alias/aws/backup on first use where no key is named", () =>
    served({ world: memberWorld() }, async (emulator) => {
      await client(emulator).send(new CreateBackupVaultCommand({ BackupVaultName: "managed" }));
      const managed = emulator.world.accounts[0]?.keys.filter(({ manager }) => manager === "AWS") ?? [];
      expect(managed.map(({ aliases }) => aliases)).to.deep.equal([["alias/aws/backup"]]);
      expect(emulator.world.accounts[0]?.vaults[0]?.encryptionKeyArn).to.equal(managed[0]?.arn);
    }));

  describe("refuses backup:CreateBackupVault at the front door, naming the layer", () => {
    const start = `User: ${sessionArn} is not authorized to perform: backup:CreateBackupVault on resource: ${vaultArn}`;
    const cases: { layer: string; changes: Changes; message: string }[] = [
      {
        layer: "silence of the identity policy",
        changes: { identity: allow("backup-storage:*", "kms:*") },
        message: `${start} because no identity-based policy allows the backup:CreateBackupVault action`,
      },
      {
        layer: "silence of the permissions boundary",
        changes: { boundary: allow("kms:*") },
        message: `${start} because no permissions boundary allows the backup:CreateBackupVault action`,
      },
      {
        layer: "a denial in a service control policy",
        changes: { serviceControl: deny("backup:CreateBackupVault") },
        message: `${start} with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-guard0001`,
      },
      {
        layer: "a denial in the permissions boundary",
        changes: {
          boundary: {
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Action: "*", Resource: "*" },
              { Effect: "Deny", Action: "backup:*", Resource: "*" },
            ],
          },
        },
        message: `${start} with an explicit deny in a permissions boundary: arn:aws:iam::444455556666:policy/Boundary`,
      },
    ];
    for (const { layer, changes, message } of cases) {
      it(layer, async () => {
        const failure = await refusal(memberWorld(changes));
        expect(failure).to.deep.equal({ name: "AccessDeniedException", message, status: 403 });
      });
    }

    it("a denial in a session policy", () =>
      served({ world: memberWorld() }, async (emulator) => {
        const { world } = emulator;
        emulator.reset({ ...world, caller: { ...world.caller, sessionPolicies: [allow("kms:*")] } });
        const failure = await failureOf(create(emulator));
        expect(failure.message).to.equal(
          `${start} because no session policy allows the backup:CreateBackupVault action`,
        );
      }));

    it("a VPC endpoint policy that does not allow it", () => {
      const world = memberWorld();
      return served(
        {
          world: {
            ...world,
            caller: { ...world.caller, vpcEndpoint: "vpce-1" },
            vpcEndpoints: [
              {
                id: "vpce-1",
                document: {
                  Version: "2012-10-17",
                  Statement: [{ Effect: "Allow", Principal: "*", Action: "backup:List*", Resource: "*" }],
                },
              },
            ],
          },
        },
        async (emulator) => {
          const failure = await failureOf(create(emulator));
          expect(failure.message).to.equal(
            `${start} because no VPC endpoint policy allows the backup:CreateBackupVault action`,
          );
        },
      );
    });
  });

  describe("refuses what it forwards with the opaque text", () => {
    const direct = (effect: "Allow" | "Deny", principal: string, action: string | string[]) => ({
      Effect: effect,
      Principal: { AWS: principal },
      Action: action,
      Resource: "*",
    });
    const root = direct("Allow", `arn:aws:iam::${accountId}:root`, "kms:*");
    const cases: { why: string; changes: Changes }[] = [
      { why: "the identity policy lacks MountCapsule", changes: { identity: allow("backup:*", "kms:*") } },
      ...["CreateGrant", "DescribeKey", "RetireGrant", "Decrypt", "GenerateDataKey"].map((missing) => ({
        why: `the identity policy lacks kms:${missing}`,
        changes: {
          identity: {
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow" as const, Action: ["backup:*", "backup-storage:*"], Resource: "*" },
              { Effect: "Allow" as const, NotAction: `kms:${missing}`, Resource: keyArn },
            ],
          },
        },
      })),
      { why: "the boundary lacks backup-storage", changes: { boundary: allow("backup:*", "kms:*") } },
      { why: "a service control policy denies CreateGrant", changes: { serviceControl: deny("kms:CreateGrant") } },
      {
        why: "a resource control policy denies Decrypt",
        changes: {
          resourceControl: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Deny", Principal: "*", Action: "kms:Decrypt", Resource: "*" }],
          },
        },
      },
      {
        why: "the key policy names somebody else",
        changes: {
          keyPolicy: {
            Version: "2012-10-17",
            Statement: [direct("Allow", `arn:aws:iam::${accountId}:role/Other`, "kms:*")],
          },
        },
      },
      {
        why: "the key policy denies the caller",
        changes: {
          keyPolicy: {
            Version: "2012-10-17",
            Statement: [root, direct("Deny", `arn:aws:iam::${accountId}:role/team/Deployer`, "kms:CreateGrant")],
          },
        },
      },
    ];
    for (const { why, changes } of cases) {
      it(why, async () => {
        const failure = await refusal(memberWorld(changes));
        expect(failure).to.deep.equal({ name: "AccessDeniedException", message: opaque, status: 403 });
      });
    }

    for (const state of ["Disabled", "PendingDeletion", "PendingImport", "Creating", "Unavailable"]) {
      it(`the key is ${state}`, async () => {
        const world = memberWorld();
        for (const key of world.accounts[0]?.keys ?? []) key.state = state;
        expect((await refusal(world)).message).to.equal(opaque);
      });
    }
  });

  it("lets a role through that the key policy names, without kms in its identity policy", () =>
    served(
      {
        world: memberWorld({
          identity: allow("backup:*", "backup-storage:*", "kms:RetireGrant"),
          keyPolicy: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: `arn:aws:iam::${accountId}:role/team/Deployer` },
                Action: "kms:*",
                Resource: "*",
                Condition: {
                  StringEquals: { "kms:ViaService": "backup.us-west-2.amazonaws.com" },
                  "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": "aws:backup:backup-vault" },
                },
              },
            ],
          },
        }),
      },
      async (emulator) => {
        const made = await create(emulator);
        expect(made.BackupVaultName).to.equal("prod-vault");
      },
    ));

  it("needs only kms:DescribeKey and kms:RetireGrant of the identity policy for alias/aws/backup", () =>
    served(
      { world: memberWorld({ identity: allow("backup:*", "backup-storage:*", "kms:DescribeKey", "kms:RetireGrant") }) },
      async (emulator) => {
        const made = await client(emulator).send(new CreateBackupVaultCommand({ BackupVaultName: "managed" }));
        expect(made.BackupVaultName).to.equal("managed");
      },
    ));

  it("asks only for the actions that it is told to enforce", () =>
    served(
      {
        world: memberWorld({ identity: allow("backup:*", "backup-storage:*", "kms:CreateGrant", "kms:DescribeKey") }),
        enforce: ["backup:CreateBackupVault", "backup-storage:MountCapsule", "kms:CreateGrant", "kms:DescribeKey"],
      },
      async (emulator) => {
        const made = await create(emulator);
        expect(made.BackupVaultName).to.equal("prod-vault");
      },
    ));

  it("is served to clients in the same process, too", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const inProcess = new BackupClient({ ...emulator.clientConfig(), requestHandler: emulator.requestHandler });
      const made = await inProcess.send(
        new CreateBackupVaultCommand({ BackupVaultName: "prod-vault", EncryptionKeyArn: keyArn }),
      );
      expect(made.BackupVaultArn).to.equal(vaultArn);
    }));

  it("does not hold the management account to service control policies", () =>
    served({ world: memberWorld({ serviceControl: deny("*"), identity: allSeven }) }, async (emulator) => {
      const organization = emulator.world.organizations[0];
      if (organization !== undefined) organization.managementAccountId = accountId;
      const made = await create(emulator);
      expect(made.BackupVaultName).to.equal("prod-vault");
    }));
});
