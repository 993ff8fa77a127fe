// The deployment against the embedded AWS: where all may be created, where one is denied, and where it cannot be told.
import { equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const allowed = { Effect: "Allow", Action: ["backup:*", "backup-storage:*", "kms:*"], Resource: "*" };
const reading = { Effect: "Allow", Action: ["iam:Get*", "iam:List*", "iam:SimulatePrincipalPolicy"], Resource: "*" };
const denied = {
  Sid: "NoAudit",
  Effect: "Deny",
  Action: "backup:CreateBackupVault",
  Resource: "arn:aws:backup:*:*:backup-vault:audit-*",
};

function deploy(...statements) {
  const folder = mkdtempSync(join(tmpdir(), "deploy-"));
  const world = join(folder, "world.json");
  const document = { Version: "2012-10-17", Statement: statements };
  writeFileSync(
    world,
    JSON.stringify({
      partition: "aws",
      region: "us-west-2",
      caller: { arn: "arn:aws:sts::111122223333:assumed-role/Deployer/ci" },
      accounts: [
        {
          id: "111122223333",
          roles: [{ name: "Deployer", inlinePolicies: [{ name: "Vaults", document }] }],
          keys: [{ arn: "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }],
        },
      ],
    }),
  );
  const record = join(folder, "record.ndjson");
  try {
    const { status, stdout } = spawnSync(
      "backup-vault-access",
      ["emulator", "--world", world, "--record", record, "--", "node", "deploy.mjs"],
      { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
    );
    const created = readFileSync(record, "utf8").split('CreateBackupVault"').length - 1;
    return { status, stdout, created };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const all = deploy(allowed, reading);
equal(all.status, 0, all.stdout);
match(all.stdout, /created arn:aws:backup:us-west-2:111122223333:backup-vault:audit-vault/);
console.log("allowed: both vaults are created");

const one = deploy(allowed, reading, denied);
equal(one.status, 1, one.stdout);
match(one.stdout, /NoAudit/);
match(one.stdout, /nothing was created: 1 of 2 vaults/);
equal(one.created, 0);
console.log("one is denied: the statement is named, and neither is created");

const unknown = deploy(allowed);
equal(unknown.status, 2, unknown.stdout);
equal(unknown.created, 0);
console.log("it cannot be told: neither is created");
