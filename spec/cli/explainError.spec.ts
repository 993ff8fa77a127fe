import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { cli } from "./cli.js";

const texts = JSON.parse(readFileSync(new URL("../denial/texts.json", import.meta.url), "utf8")) as {
  tool: string;
  text: string;
  found: {
    ofVaultCreation: string;
    layer: string | null;
    action: string | null;
    effect: string | null;
    region: string | null;
    vault: string | null;
  }[];
}[];
const layers: Record<string, string> = {
  "identity-based policy": "identity-policy",
  "permissions boundary": "permissions-boundary",
  "session policy": "session-policy",
  "service control policy": "service-control-policy",
  "resource control policy": "resource-control-policy",
  "resource-based policy": "key-policy",
  "VPC endpoint policy": "vpc-endpoint-policy",
};
/** Resource control policies touch no action of AWS Backup's. */
const layerOf = ({ layer, action }: { layer: string | null; action: string | null }) =>
  layer === null || (layer === "resource control policy" && action?.startsWith("kms:") !== true) ? null : layers[layer];
const explained = async (stdin: string) => {
  const { code, stdout, stderr } = await cli(["explain", "--error", "-", "--format", "json"], { stdin });
  const report = JSON.parse(stdout || "null") as Diagnosis & { diagnoses?: Diagnosis[] };
  return { code, stderr, diagnoses: report?.diagnoses ?? [report] };
};
const vault = "arn:aws:backup:us-west-2:111122223333:backup-vault:prod-vault";
const message = (user: string) =>
  `User: ${user} is not authorized to perform: backup:CreateBackupVault on resource: ${vault} because no identity-based policy allows the backup:CreateBackupVault action`;
const deployer = "arn:aws:sts::111122223333:assumed-role/Deployer/ci";

describe("backup-vault-access explain --error alone", () => {
  for (const [index, { tool, text, found }] of texts.entries()) {
    const ours = found.filter(({ ofVaultCreation }) => ofVaultCreation === "yes");
    if (ours.length === 0) continue;
    it(`names the layer that ${tool} was refused by, or none where the text names none (text ${index + 1})`, async () => {
      const { code, diagnoses } = await explained(text);

      expect(diagnoses.map(({ blockingLayer }) => blockingLayer)).to.deep.equal(ours.map(layerOf));
      expect(diagnoses.map(({ subject }) => [subject?.region, subject?.backupVaultName])).to.deep.equal(
        ours.map(({ region, vault: name }) => [region, name]),
      );
      expect(code).to.equal(ours.some((one) => layerOf(one) !== null) ? 1 : 2);
    });
  }

  it("leaves an account that other emulators of AWS are, and a key whose id ends in zeros, as they stand in the text", async () => {
    for (const account of ["000000000000", "444455556666"]) {
      const keyArn = `arn:aws:kms:us-west-2:${account}:key/12345678-1234-1234-1234-000000000000`;
      const { diagnoses } = await explained(
        `An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: User: arn:aws:iam::${account}:role/Deployer is not authorized to perform: kms:CreateGrant on resource: ${keyArn} because no identity-based policy allows the kms:CreateGrant action`,
      );

      expect(diagnoses[0]?.subject).to.include({
        accountId: account,
        principalArn: `arn:aws:iam::${account}:role/Deployer`,
        encryptionKeyArn: keyArn,
      });
      expect(JSON.stringify(diagnoses)).to.not.contain("ACCOUNT_ID");
    }
  });

  it("narrows AWS's words on backup-storage and KMS to MountCapsule and the key's five", async () => {
    const { diagnoses } = await explained(
      "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.",
    );

    const [diagnosis] = diagnoses;
    const open = diagnosis?.actions.filter(({ verdict }) => verdict === "unknown").map(({ action }) => action);
    expect(open).to.deep.equal([
      "backup-storage:MountCapsule",
      "kms:CreateGrant",
      "kms:DescribeKey",
      "kms:RetireGrant",
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]);
    expect(diagnosis?.actions[0]).to.include({ action: "backup:CreateBackupVault", verdict: "allowed" });
    expect(diagnosis?.summary).to.match(/The usual cause is an identity policy without backup-storage:MountCapsule/);
  });

  it("invents nothing where the text does not say: neither account nor Region, vault or key", async () => {
    const { diagnoses } = await explained("AccessDeniedException: Insufficient privileges to perform this action.");

    expect(diagnoses[0]?.subject).to.deep.equal({
      operation: "CreateBackupVault",
      principalArn: null,
      callerArn: null,
      accountId: null,
      region: null,
      backupVaultName: null,
      encryptionKeyArn: null,
    });
    expect(JSON.stringify(diagnoses)).to.not.match(/0{12}|arn:aws:backup|arn:aws:kms|role\/\*/);
  });

  it("says of a row of CloudTrail's table that it proves the refusal alone, and where AWS's words stand", async () => {
    const id = "0b1c2d3e-0000-4000-8000-000000000001";
    const { code, diagnoses } = await explained(
      `Event ID,Event name,AWS region,Error code,Event source\n${id},CreateBackupVault,us-west-2,AccessDenied,backup.amazonaws.com\n`,
    );

    expect(diagnoses.map(({ summary }) => summary)).to.deep.equal([
      `What is here of CloudTrail's event has the error's code and not AWS's words: it proves that the call was refused, and not by what. The event itself may have them, as errorMessage: aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventId,AttributeValue=${id} --region us-west-2`,
    ]);
    expect(code).to.equal(2);
  });

  it("gives the next command to paste, with what the text tells", async () => {
    const { stdout } = await cli(["explain", "--error", "-"], {
      stdin: `$ aws backup create-backup-vault --backup-vault-name prod-vault --region us-west-2\n\nAn error occurred (AccessDeniedException) when calling the CreateBackupVault operation: Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.\n`,
    });

    expect(stdout.replace(/\s+/g, " ")).to.contain("backup-vault-access check --vault prod-vault --region us-west-2");
  });

  it("answers several refusals each, blocked ones first, and tells of the others on stderr", async () => {
    const other = "arn:aws:iam::111122223333:user/Alice";
    const put = "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied";
    const opaque = "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: ";

    const named = opaque + message(other);

    const { code, diagnoses, stderr } = await explained([message(deployer), put, opaque, named].join("\n\n"));

    expect(diagnoses.map(({ outcome, subject }) => [outcome, subject?.callerArn])).to.deep.equal([
      ["blocked", deployer],
      ["inconclusive", null],
      ["blocked", other],
    ]);
    expect(stderr).to.equal("--error -: also there, and not explained: a refusal of PutObject\n");
    expect(code).to.equal(1);
  });

  for (const format of ["text", "ndjson", "junit", "sarif", "html", "markdown", "github"]) {
    it(`answers as ${format}, too`, async () => {
      const { code, stdout, stderr } = await cli(["explain", "--error", "-", "--format", format], {
        stdin: message(deployer),
      });

      expect(stdout).to.contain("Deployer");
      expect(stderr).to.equal("");
      expect(code).to.equal(1);
    });
  }
});

describe("backup-vault-access explain --error of a text that is not about a vault", () => {
  // Nothing in these says that AWS Backup refused anything.
  for (const [what, text] of [
    [
      "git",
      "remote: Permission to org/repo.git denied to ci-bot.\nfatal: unable to access 'https://github.com/org/repo.git/': The requested URL returned error: 403",
    ],
    [
      "npm",
      'npm error code E403\nnpm error 403 403 Forbidden - PUT https://registry.npmjs.org/x - You do not have permission to publish "x".',
    ],
    [
      "Kubernetes",
      'Error from server (Forbidden): pods is forbidden: User "ci" cannot list resource "pods" in API group "" in the namespace "default"',
    ],
    [
      "a proxy",
      "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>",
    ],
    ["MySQL", "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)"],
    ["Google Cloud", "googleapi: Error 403: Permission 'storage.buckets.create' denied on resource, forbidden"],
  ] as const) {
    it(`does not take what ${what} refused for a vault's refusal`, async () => {
      const { code, stderr } = await explained(text);

      expect(stderr).to.match(/expected a refusal of CreateBackupVault .*, found a text that says nothing of one/);
      expect(code).to.equal(3);
    });
  }

  it("still takes a text for one that says nothing but that it is a refusal", async () => {
    for (const text of ["403 Forbidden", "Access Denied", "Error: Access is denied.", "HTTP status 403: Forbidden\n"]) {
      const { code, diagnoses } = await explained(text);

      expect(diagnoses[0]?.summary, text).to.match(/^The text does not say which call was refused/);
      expect(code).to.equal(2);
    }
  });

  it("names a refusal without AWS's type by the call that it is of", async () => {
    const head = "An error occurred (403) when calling the HeadObject operation: Forbidden";
    const state =
      "Error: Error refreshing state: operation error S3: HeadObject, https response error StatusCode: 403, RequestID: K, HostID: a=, api error Forbidden: Forbidden";
    for (const text of [head, state])
      expect((await explained(text)).stderr).to.contain("found a refusal of HeadObject");
  });
});

describe("backup-vault-access explain --error of a log that goes on after a mend", () => {
  const call = "$ aws backup create-backup-vault --backup-vault-name prod-vault --region us-west-2\n";
  const refused = (words: string) =>
    `${call}\nAn error occurred (AccessDeniedException) when calling the CreateBackupVault operation: ${words}\n\n`;
  const mount = `User: ${deployer} is not authorized to perform: backup-storage:MountCapsule because no identity-based policy allows the backup-storage:MountCapsule action`;
  const made = `${call}${JSON.stringify({ BackupVaultName: "prod-vault", BackupVaultArn: vault, CreationDate: "2026-11-26T10:15:30Z" }, null, 4)}\n`;

  it("explains the last refusal of a call, and says that the one before is over", async () => {
    const { diagnoses, stderr } = await explained(refused(message(deployer)) + refused(mount));

    expect(diagnoses.map(({ blockers }) => blockers.map(({ actions }) => actions))).to.deep.equal([
      [["backup-storage:MountCapsule"]],
    ]);
    expect(stderr).to.contain("which was refused in other words later: that is the state now");
  });

  it("takes the first for the last where the log's times go backwards", async () => {
    const { diagnoses } = await explained(
      `2026-11-26 10:20:00 ${mount}\n2026-11-26 10:10:00 ${message(deployer)}\n`.replace(/on resource: \S+ /, ""),
    );

    expect(diagnoses.map(({ blockers }) => blockers[0]?.actions)).to.deep.equal([["backup-storage:MountCapsule"]]);
  });

  it("says that the vault was made afterwards, by the AWS CLI's answer and by Terraform's", async () => {
    const applied = "aws_backup_vault.this: Creation complete after 1s [id=prod-vault]\n";
    for (const after of [made, applied]) {
      const { diagnoses } = await explained(refused(message(deployer)) + after);

      expect(diagnoses[0]?.summary).to.match(/The text tells later on that the vault was made/);
    }
    for (const text of [
      made + refused(message(deployer)),
      refused(message(deployer)) + applied.replace("prod-", "other-"),
    ]) {
      expect((await explained(text)).diagnoses[0]?.summary).to.not.match(/was made/);
    }
  });

  it("explains both where they are of two vaults, two principals, or nothing says that they are one call", async () => {
    const other = message(deployer).replaceAll("prod-vault", "dev-vault");
    const lead = "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: ";
    for (const text of [
      `${message(deployer)}\n\n${other}`,
      `${lead}${mount}\n\n${lead}${mount.replace("Deployer", "Other").replace("identity-based", "session")}`,
      `${lead}Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.\n\n${lead}${mount}`,
    ]) {
      expect((await explained(text)).diagnoses, text).to.have.length(2);
    }
  });
});

describe("backup-vault-access explain --error of words that leave something out", () => {
  const hidden = message("arn:aws:sts::***:assumed-role/Deployer/ci").replace("111122223333", "***");

  for (const [what, text] of [
    ["hide the account", hidden],
    ["name nobody", message(deployer).replace(`User: ${deployer} is`, "You are")],
    ["name a vault as AWS takes none", message(deployer).replace("prod-vault", "prod`vault")],
    ["name a vault with 60 letters", message(deployer).replace("prod-vault", "v".repeat(60))],
  ] as const) {
    it(`believes the layer that they name where they ${what}, and invents nothing`, async () => {
      const { diagnoses } = await explained(text);
      const [diagnosis] = diagnoses;

      expect(diagnosis?.blockingLayer).to.equal("identity-policy");
      expect(diagnosis?.summary).to.not.contain("prove nothing more");
      expect(JSON.stringify(diagnosis)).to.not.match(/0{12}|role\/\*|role \*|\*{3}/);
    });
  }

  it("says neither that a hidden principal is the caller nor that it is another, beside a snapshot", async () => {
    const snapshot = new URL("../examples/allowed.snapshot.json", import.meta.url).pathname;
    const { stdout } = await cli(["explain", "--snapshot", snapshot, "--error", "-", "--format", "json"], {
      stdin: hidden,
    });
    const { outcome, blockers, summary } = JSON.parse(stdout) as Diagnosis;

    expect([outcome, blockers]).to.deep.equal(["inconclusive", []]);
    expect(summary).to.not.match(/about another/);
  });

  it("names the call that AWS Backup made for the caller, where CloudTrail has no words of it", async () => {
    const { diagnoses } = await explained(
      "Event ID,Event name,AWS region,Error code,Event source,Source IP address\n,MountCapsule,us-west-2,AccessDenied,backup-storage.amazonaws.com,backup.amazonaws.com\n",
    );

    expect(diagnoses[0]?.summary).to.match(
      /^What was refused is MountCapsule, which AWS Backup calls for whoever creates/,
    );
    expect(diagnoses[0]?.summary).to.contain("AttributeKey=EventName,AttributeValue=MountCapsule --region us-west-2");
  });
});

describe("backup-vault-access explain --error with a snapshot", () => {
  const snapshot = new URL("../examples/allowed.snapshot.json", import.meta.url).pathname;
  const explain = async (stdin: string) => {
    const { stdout } = await cli(["explain", "--snapshot", snapshot, "--error", "-", "--format", "json"], { stdin });
    return JSON.parse(stdout) as Diagnosis;
  };
  const own = "arn:aws:sts::444455556666:assumed-role/Deployer/ci-run-1";
  const refused = (user: string, resource = "arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault") =>
    `User: ${user} is not authorized to perform: backup:CreateBackupVault on resource: ${resource} because no session policy allows the backup:CreateBackupVault action`;

  it("believes a refusal of the same call, from any session of the role", async () => {
    expect((await explain(refused(own))).blockingLayer).to.equal("session-policy");
    expect((await explain(refused(own.replace("ci-run-1", "other")))).blockingLayer).to.equal("session-policy");
  });

  for (const [what, text, words] of [
    [
      "another principal",
      refused(own.replace("Deployer", "Other")),
      /^The refusal is about another principal, .*Other/,
    ],
    [
      "another account",
      refused(own, "arn:aws:backup:us-west-2:111122223333:backup-vault:prod-vault"),
      /^The refusal is about another account, 111122223333/,
    ],
    [
      "another Region",
      refused(own, "arn:aws:backup:eu-west-1:444455556666:backup-vault:prod-vault"),
      /^The refusal is about another Region, eu-west-1/,
    ],
    [
      "another vault",
      refused(own, "arn:aws:backup:us-west-2:444455556666:backup-vault:dev"),
      /^The refusal is about another vault, dev/,
    ],
    [
      "another user in the CloudTrail console's table",
      "Event name,User name,Error code,AWS region\nCreateBackupVault,alice,AccessDenied,us-west-2\n",
      /^The refusal is about another call \(user name: alice, not ci-run-1\)/,
    ],
  ] as const) {
    it(`says first of all that a refusal is of ${what}, and believes nothing of it`, async () => {
      const { blockers, summary } = await explain(text);

      expect(blockers).to.deep.equal([]);
      expect(summary).to.match(words);
    });
  }
});
