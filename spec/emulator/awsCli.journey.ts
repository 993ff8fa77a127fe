import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, use } from "chai";
import { account, type EmulatorCredentials, user, world } from "../../lib/emulator/index.js";
import { checkBackupVaultAccess } from "../../lib/index.js";
import { backupVaultAccess, liveOptionsFor, useEmulator } from "../../lib/testing/index.js";
import { allow, deny } from "./worlds.js";

/*
 * The emulator driven by a client that is not ours: the AWS CLI as Debian packages it (2.9, which does not know
 * AWS_ENDPOINT_URL). Not part of `npm test`, because it needs the CLI; a missing one fails.
 */

use(backupVaultAccess());

const run = promisify(execFile);
const managementId = "111122223333";
const region = "eu-west-1";
const most = 100;

interface Cli {
  /** Runs `aws ARGS` and reads its JSON; throws with what stood on stderr where it failed. */
  aws: (...args: string[]) => Promise<Record<string, unknown>>;
  /** What it said where it was refused. */
  refusal: (...args: string[]) => Promise<string>;
}

describe("With the AWS CLI alone", () => {
  let calls = 0;
  const emulator = useEmulator({
    world: world({
      region,
      caller: { arn: `arn:aws:iam::${managementId}:user/admin` },
      accounts: [
        account({
          id: managementId,
          users: [user({ name: "admin", attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
        }),
      ],
    }),
  });

  function as({ accessKeyId, secretAccessKey, sessionToken }: EmulatorCredentials): Cli {
    const env = {
      PATH: process.env.PATH,
      HOME: "/nonexistent",
      AWS_PAGER: "",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    };
    const aws: Cli["aws"] = async (...args) => {
      calls += 1;
      const fixed = ["--endpoint-url", emulator().url, "--region", region, "--output", "json"];
      const { stdout } = await run("aws", [...fixed, ...args], { env });
      return stdout.trim() === "" ? {} : (JSON.parse(stdout) as Record<string, unknown>);
    };
    const refusal: Cli["refusal"] = async (...args) => {
      try {
        await aws(...args);
      } catch (error) {
        return (error as { stderr?: string }).stderr ?? String(error);
      }
      throw new Error(`aws ${args.slice(0, 2).join(" ")} succeeded, but was expected to be refused.`);
    };
    return { aws, refusal };
  }

  /** A text deep in an answer. */
  function text(answer: unknown, ...path: (string | number)[]): string {
    const found = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)?.[step], answer);
    expect(found, path.join(".")).to.be.a("string");
    return String(found);
  }

  async function assume({ aws }: Cli, arn: string, ...more: string[]): Promise<Cli> {
    const answer = await aws("sts", "assume-role", "--role-arn", arn, "--role-session-name", "session", ...more);
    return as({
      accessKeyId: text(answer, "Credentials", "AccessKeyId"),
      secretAccessKey: text(answer, "Credentials", "SecretAccessKey"),
      sessionToken: text(answer, "Credentials", "SessionToken"),
    });
  }

  it("a world is built, a vault is refused for each layer, and created once each is mended", async function () {
    this.timeout(600_000);
    const management = as(emulator().clientConfig().credentials);
    const org = (...args: string[]) => management.aws("organizations", ...args);
    const json = JSON.stringify;

    // An organization with a member account in a unit of its own
    await org("create-organization");
    const rootId = text(await org("list-roots"), "Roots", 0, "Id");
    await org("enable-policy-type", "--root-id", rootId, "--policy-type", "SERVICE_CONTROL_POLICY");
    const unit = await org("create-organizational-unit", "--parent-id", rootId, "--name", "Workloads");
    const unitId = text(unit, "OrganizationalUnit", "Id");
    const begun = await org("create-account", "--email", "prod@example.com", "--account-name", "prod");
    const requestId = text(begun, "CreateAccountStatus", "Id");
    const done = await org("describe-create-account-status", "--create-account-request-id", requestId);
    const accountId = text(done, "CreateAccountStatus", "AccountId");
    const from = ["--source-parent-id", rootId, "--destination-parent-id", unitId];
    await org("move-account", "--account-id", accountId, ...from);
    const admin = await assume(management, `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`);

    // A role that shall create the vault, and a key
    const root = `arn:aws:iam::${accountId}:root`;
    const trust = json({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: root }, Action: "sts:AssumeRole" }],
    });
    const made = await admin.aws(
      "iam",
      "create-role",
      "--role-name",
      "Deployer",
      "--assume-role-policy-document",
      trust,
    );
    const roleArn = text(made, "Role", "Arn");
    const keyArn = text(await admin.aws("kms", "create-key"), "KeyMetadata", "Arn");
    const deployer = await assume(admin, roleArn);
    const create = ["backup", "create-backup-vault", "--backup-vault-name", "prod", "--encryption-key-arn", keyArn];
    const opaque = "Insufficient privileges to create a backup vault";
    /** What the package says of the same, beside what the CLI was told. */
    const diagnosed = () => {
      const options = liveOptionsFor(emulator());
      // IAM of the member account; the organization is the auditor's to read.
      const credentials = emulator().credentialsFor(`arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`);
      return checkBackupVaultAccess(
        { backupVaultName: "prod", encryptionKeyArn: keyArn, principalArn: roleArn },
        { ...options, evidence: { ...options.evidence, credentials, organizationCredentials: emulator().auditor } },
      );
    };

    // Identity policy
    expect(await deployer.refusal(...create)).to.contain("because no identity-based policy allows");
    await expect(diagnosed()).to.be.blockedBy("identity-policy", { action: "backup:CreateBackupVault" });
    const put = (policy: object) =>
      admin.aws(
        "iam",
        "put-role-policy",
        "--role-name",
        "Deployer",
        "--policy-name",
        "CreateVault",
        "--policy-document",
        json(policy),
      );
    await put(allow("backup:*", "kms:*"));
    expect(await deployer.refusal(...create)).to.contain(opaque);
    await expect(diagnosed()).to.be.blockedBy("identity-policy", { action: "backup-storage:MountCapsule" });
    await put(allow("backup:*", "kms:*", "backup-storage:MountCapsule"));

    // Permissions boundary
    const policy = ["--policy-name", "Boundary", "--policy-document", json(allow("kms:*"))];
    const boundaryArn = text(await admin.aws("iam", "create-policy", ...policy), "Policy", "Arn");
    const boundary = ["--role-name", "Deployer", "--permissions-boundary", boundaryArn];
    await admin.aws("iam", "put-role-permissions-boundary", ...boundary);
    expect(await deployer.refusal(...create)).to.contain("because no permissions boundary allows");
    await expect(diagnosed()).to.be.blockedBy("permissions-boundary", { policy: boundaryArn });
    await admin.aws("iam", "delete-role-permissions-boundary", "--role-name", "Deployer");

    // Service control policy
    const guard = await org(
      "create-policy",
      "--name",
      "Guard",
      "--description",
      "guards",
      "--type",
      "SERVICE_CONTROL_POLICY",
      "--content",
      json(deny("backup:CreateBackupVault")),
    );
    const guarded = ["--policy-id", text(guard, "Policy", "PolicySummary", "Id"), "--target-id", unitId];
    await org("attach-policy", ...guarded);
    expect(await deployer.refusal(...create)).to.contain("with an explicit deny in a service control policy");
    await expect(diagnosed()).to.be.blockedBy("service-control-policy", { policy: "Guard", target: unitId });
    await org("detach-policy", ...guarded);

    // Resource control policy
    await org("enable-policy-type", "--root-id", rootId, "--policy-type", "RESOURCE_CONTROL_POLICY");
    const fence = await org(
      "create-policy",
      "--name",
      "Fence",
      "--description",
      "fences",
      "--type",
      "RESOURCE_CONTROL_POLICY",
      "--content",
      json({
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Principal: "*", Action: "kms:CreateGrant", Resource: "*" }],
      }),
    );
    const fenced = ["--policy-id", text(fence, "Policy", "PolicySummary", "Id"), "--target-id", accountId];
    await org("attach-policy", ...fenced);
    expect(await deployer.refusal(...create)).to.contain(opaque);
    await expect(diagnosed()).to.be.blockedBy("resource-control-policy", { policy: "Fence", target: accountId });
    await org("detach-policy", ...fenced);

    // Key policy
    const keyPolicy = (...statements: object[]) =>
      admin.aws(
        "kms",
        "put-key-policy",
        "--key-id",
        keyArn,
        "--policy-name",
        "default",
        "--policy",
        json({ Version: "2012-10-17", Statement: statements }),
      );
    const grant = (principal: string) => ({
      Effect: "Allow",
      Principal: { AWS: principal },
      Action: "kms:*",
      Resource: "*",
    });
    await keyPolicy(grant(`arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`));
    expect(await deployer.refusal(...create)).to.contain(opaque);
    await expect(diagnosed()).to.be.blockedBy("key-policy", { effect: "implicitDeny" });
    await keyPolicy(grant(root), { ...grant(roleArn), Effect: "Deny", Action: "kms:CreateGrant" });
    expect(await deployer.refusal(...create)).to.contain(opaque);
    await expect(diagnosed()).to.be.blockedBy("key-policy", { effect: "explicitDeny", index: 1 });
    await keyPolicy(grant(root));

    // Key state
    await admin.aws("kms", "disable-key", "--key-id", keyArn);
    expect(await deployer.refusal(...create)).to.contain(opaque);
    await expect(diagnosed()).to.be.blockedBy("key-state");
    await admin.aws("kms", "enable-key", "--key-id", keyArn);

    // Session policy
    const limited = await assume(admin, roleArn, "--policy", json(allow("kms:*")));
    expect(await limited.refusal(...create)).to.contain("because no session policy allows");

    // Mended
    await expect(diagnosed()).to.allowCreatingBackupVault();
    const vault = await deployer.aws(...create);
    expect(text(vault, "BackupVaultArn")).to.equal(`arn:aws:backup:${region}:${accountId}:backup-vault:prod`);
    const described = await deployer.aws("backup", "describe-backup-vault", "--backup-vault-name", "prod");
    expect(text(described, "EncryptionKeyArn")).to.equal(keyArn);
    expect(await deployer.refusal(...create)).to.contain("AlreadyExistsException");
    await deployer.aws("backup", "delete-backup-vault", "--backup-vault-name", "prod");
    expect(calls).to.be.at.most(most);
  });
});
