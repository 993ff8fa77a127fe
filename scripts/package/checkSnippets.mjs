import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compilerOptions, importsFor } from "./snippetImports.mjs";

/** What a snippet may use without saying where it is from: what the text around it has told. */
const given = `import { type World, world } from "backup-vault-access/emulator";
import { BackupClient, CreateBackupVaultCommand } from "backup-vault-access/client-backup";
declare global {
  var client: BackupClient;
  var command: CreateBackupVaultCommand;
  var keyArn: string;
  var encryptionKeyArn: string;
  var principalArn: string;
  var request: { backupVaultName: string };
  var world: World;
}
globalThis.client = new BackupClient({});
globalThis.world = world({ caller: { arn: "arn:aws:iam::444455556666:role/Deployer" }, accounts: [] });
globalThis.request = { backupVaultName: "prod-vault" };
globalThis.command = new CreateBackupVaultCommand({ BackupVaultName: "other-vault" });
globalThis.keyArn = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
globalThis.encryptionKeyArn = globalThis.keyArn;
globalThis.principalArn = "arn:aws:iam::444455556666:role/Deployer";
`;

/** Where names come from that snippets use and do not import. */
const homes = {
  "backup-vault-access": ["BackupVaultAccessDeniedError", "checkBackupVaultAccess", "createBackupVault", "diagnose"],
  "backup-vault-access/client-backup": ["BackupClient", "CreateBackupVaultCommand"],
  "backup-vault-access/testing": [
    "backupVaultAccess",
    "describeVaultAccess",
    "liveOptionsFor",
    "useEmulator",
    "vaultAccessDeniedError",
  ],
  "aws-sdk-client-mock": ["mockClient"],
  "@aws-sdk/credential-providers": ["fromIni"],
  chai: ["expect", "use"],
};

/** Runs a snippet; that AWS refuses, or that an assertion does not hold, is what some are about. */
const runner = `import "./given.js";
import { BackupVaultAccessDeniedError } from "backup-vault-access";
await import(process.argv[2]).catch((error) => {
  if (!BackupVaultAccessDeniedError.isInstance(error) && error.name !== "AssertionError") throw error;
});
`;

/**
 * Extracts the TypeScript snippets of pages and compiles them in a project that has the packed package; those of the first
 * page also run, against the embedded AWS.
 *
 * @param run runs a program to its end, and throws where it fails
 */
export function checkSnippets(root, pages, project, run) {
  const folder = join(project, "snippets");
  mkdirSync(folder);
  writeFileSync(join(folder, "given.ts"), given);
  writeFileSync(join(folder, "run.js"), runner);
  const names = pages.map((page) =>
    [...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n(.*?)^```/gms)].map(([, text], index) => {
      const name = `${basename(page, ".md")}-${index + 1}`;
      writeFileSync(join(folder, `${name}.ts`), `${importsFor(text, homes)}${text}\nexport {};\n`);
      return name;
    }),
  );
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  run("npx", ["tsc", "-p", folder], project);
  const [runs = []] = names;
  for (const name of runs) {
    const program = ["--", "node", join(folder, "run.js"), `./${name}.js`];
    run("npx", ["backup-vault-access", "emulator", ...program], project);
  }
  console.log(`${names.flat().length} snippets compile, ${runs.length} of them run`);
}
