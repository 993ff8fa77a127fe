// Creates the vaults of a list, all or none: node deploy.mjs vaults.json
// Where one of them would be refused, it says why and makes nothing. Exit codes as the command line's: 1 blocked, 2 it cannot
// be told.
import { readFileSync } from "node:fs";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { checkBackupVaultAccess } from "backup-vault-access";
import { report } from "backup-vault-access/report";

/** @type {{ name: string, keyArn?: string }[]} */
const vaults = JSON.parse(readFileSync(process.argv[2] ?? "vaults.json", "utf8"));
const client = new BackupClient({});

const diagnoses = await Promise.all(
  vaults.map(({ name, keyArn }) =>
    checkBackupVaultAccess(
      { backupVaultName: name, ...(keyArn !== undefined && { encryptionKeyArn: keyArn }) },
      { client, deadline: 60_000 },
    ),
  ),
);
const refused = diagnoses.filter(({ outcome }) => outcome !== "allowed");
if (refused.length > 0) {
  process.stdout.write(report(refused, "text"));
  console.log(`nothing was created: ${refused.length} of ${vaults.length} vaults would be, or may be, refused`);
  process.exit(refused.some(({ outcome }) => outcome === "blocked") ? 1 : 2);
}

for (const { name, keyArn } of vaults) {
  const { BackupVaultArn } = await client.send(
    new CreateBackupVaultCommand({
      BackupVaultName: name,
      ...(keyArn !== undefined && { EncryptionKeyArn: keyArn }),
    }),
  );
  console.log(`created ${BackupVaultArn}`);
}
