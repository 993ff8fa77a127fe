// What `cdk synth` made, checked before `cdk deploy` in the embedded AWS: all vaults may be created, then one may not.
import { equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

function check(...statements) {
  const folder = mkdtempSync(join(tmpdir(), "cdk-"));
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
          // CloudFormation makes the vaults as the role of CDK's bootstrapping, which cdk.out names.
          roles: [
            { name: "Deployer" },
            {
              name: "cdk-hnb659fds-cfn-exec-role-111122223333-us-west-2",
              inlinePolicies: [{ name: "Vaults", document }],
            },
          ],
          keys: [{ arn: "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }],
        },
      ],
    }),
  );
  try {
    return spawnSync("backup-vault-access", ["emulator", "--world", world, "--", "npm", "run", "--silent", "check"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const allowed = { Effect: "Allow", Action: ["backup:*", "backup-storage:*", "kms:*"], Resource: "*" };
const all = check(allowed);
equal(all.status, 0, all.stdout);
match(all.stdout, /prod-vault/);
match(all.stdout, /audit-vault/);
console.log("allowed: both vaults of the stack");

const one = check(allowed, {
  Sid: "NoKeys",
  Effect: "Deny",
  Action: "kms:CreateGrant",
  Resource: "arn:aws:kms:*:*:key/1234abcd-*",
});
equal(one.status, 1, one.stdout);
match(one.stdout, /NoKeys/);
console.log("denied: the vault with a key of its own, by the statement NoKeys");
