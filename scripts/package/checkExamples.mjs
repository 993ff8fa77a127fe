import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { compilerOptions, importsFor } from "./snippetImports.mjs";

/** What an example may use without saying where it is from, and the account, an emulated one, that all of them run in. */
const hooks = `import { writeFileSync } from "node:fs";
import { type Diagnosis, diagnose, type PolicyDocument, type Snapshot } from "backup-vault-access";
import { BackupClient, CreateBackupVaultCommand } from "backup-vault-access/client-backup";
import { account, type Emulator, key, role, type World, world as worldOf } from "backup-vault-access/emulator";
import { backupVaultAccess, emulatorRootHooks, opaqueDenial, sampleSnapshot } from "backup-vault-access/testing";
import { mockClient } from "aws-sdk-client-mock";
import { use } from "chai";

declare global {
  var access: Diagnosis;
  var client: BackupClient;
  var command: CreateBackupVaultCommand;
  var diagnosis: Diagnosis;
  var emulator: Emulator;
  var error: Error;
  var keyArn: string;
  var snapshot: Snapshot;
  var snapshots: Snapshot[];
  var world: World;
}

const everything: PolicyDocument = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
const noGrants: PolicyDocument = {
  Statement: [
    { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "kms:*", Resource: "*" },
    { Effect: "Deny", Principal: "*", Action: "kms:CreateGrant", Resource: "*" },
  ],
};
const keyOf = (end: string) => \`arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-12345678\${end}\`;
const world = worldOf({
  region: "eu-west-1",
  caller: { arn: "arn:aws:iam::111122223333:role/Deployer" },
  accounts: [
    account({
      id: "111122223333",
      roles: [
        role({ name: "Deployer", inlinePolicies: [{ name: "Everything", document: everything }] }),
        role({ name: "Intern" }),
      ],
      keys: [key({ arn: keyOf("0000") }), key({ arn: keyOf("1111"), policy: noGrants })],
      oidcProviders: [{ url: "https://idp.example.com", clientIds: ["deployers"] }],
    }),
  ],
});
const life = emulatorRootHooks({ world });
globalThis.world = world;
use(backupVaultAccess());
writeFileSync("denied.snapshot.json", JSON.stringify(sampleSnapshot("key-policy")));
writeFileSync("world.json", JSON.stringify(world));

export const mochaHooks = {
  ...life.mochaHooks,
  beforeEach: () => {
    life.mochaHooks.beforeEach();
    mockClient(BackupClient).restore();
    const emulator = life.emulator();
    const { region, credentials } = emulator.clientConfig();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: emulator.url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? "",
    });
    globalThis.access = diagnose(sampleSnapshot("service-control-policy"));
    globalThis.client = new BackupClient({});
    globalThis.command = new CreateBackupVaultCommand({ BackupVaultName: "prod-vault", EncryptionKeyArn: keyOf("1111") });
    globalThis.diagnosis = diagnose(sampleSnapshot("identity-policy"));
    globalThis.emulator = emulator;
    globalThis.error = opaqueDenial();
    globalThis.keyArn = keyOf("0000");
    globalThis.snapshot = sampleSnapshot("key-policy");
    globalThis.snapshots = [globalThis.snapshot, sampleSnapshot()];
  },
};
`;

/** Where names come from that examples use and neither import nor are about. */
const homes = {
  "backup-vault-access": ["checkBackupVaultAccess", "DenialAwareBackupClient", "diagnose", "parseSnapshot"],
  "backup-vault-access/client-backup": ["BackupClient", "CreateBackupVaultCommand"],
  "backup-vault-access/emulator": ["startEmulator"],
  "aws-sdk-client-mock": ["mockClient"],
  chai: ["expect"],
  "node:fs/promises": ["readFile"],
};

/**
 * Extracts the examples of the public docstrings from the installed package's declarations, compiles them and runs each as a
 * test of mocha, in a fresh world of the embedded AWS; those that declare tests run as they stand. What an example that is
 * one expression says it gives, it must give.
 *
 * @param project has the packed package, mocha, chai and aws-sdk-client-mock
 * @param run runs a program to its end, and throws where it fails
 */
export function checkExamples(project, installed, run) {
  const folder = join(project, "docstrings");
  mkdirSync(folder);
  const examples = publicExamples(installed);
  for (const { name, text, homes } of examples) {
    writeFileSync(join(folder, `${name}.ts`), `${importsFor(text, homes)}${asserted(text)}\nexport {};\n`);
  }
  const [suites, programs] = [true, false].map((isSuite) =>
    examples.filter(({ text }) => /^describe/m.test(text) === isSuite).map(({ name }) => name),
  );
  const tests = programs.map((name) => `it("${name}", () => import("./${name}.js"));`);
  writeFileSync(join(folder, "programs.js"), tests.join("\n"));
  writeFileSync(join(folder, "hooks.ts"), hooks);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  // npx runs in the project's own folder, wherever it is called.
  run("npx", ["tsc", "-p", folder], project);
  const specs = ["programs", ...suites].map((name) => join(folder, `${name}.js`));
  const hooked = ["--no-config", "--require", join(folder, "hooks.js"), "--timeout", "10000"];
  // Emulators that examples start and leave running end with the process.
  run("npx", ["mocha", ...hooked, "--exit", ...specs], project);
  console.log(`${examples.length} examples of docstrings compile and run`);
}

/** The examples in the files that an entrance exports from. */
function publicExamples(installed) {
  const { name: packageName, exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const files = new Map();
  for (const [subpath, { types }] of Object.entries(exports)) {
    if (types === undefined) continue;
    for (const { file, names } of exportedFrom(join(installed, types))) {
      if (!files.has(file)) files.set(file, { [join(packageName, subpath)]: names });
    }
  }
  return [...files].flatMap(([file, home]) =>
    examplesIn(readFileSync(file, "utf8")).map((text, index) => ({
      name: `${basename(file, ".d.ts")}-${index + 1}`,
      text,
      homes: { ...homes, ...merged(home) },
    })),
  );
}

/** The entrance's own names beside what is known of it. */
function merged(home) {
  return Object.fromEntries(
    Object.entries(home).map(([entrance, names]) => [entrance, [...new Set([...(homes[entrance] ?? []), ...names])]]),
  );
}

function exportedFrom(entry) {
  const text = readFileSync(entry, "utf8");
  return [...text.matchAll(/^export (?:type )?(\*|\{[^}]*\}) from "(\.[^"]+)\.js"/gm)].flatMap(([, what, path]) => {
    const file = join(dirname(entry), `${path}.d.ts`);
    return what === "*" ? exportedFrom(file) : [{ file, names: what.match(/\w+(?=\s*[,}])/g) }];
  });
}

function examplesIn(declarations) {
  return [...declarations.matchAll(/\/\*\*(?:(?!\*\/).)*\*\//gs)]
    .map(([docstring]) => docstring.replace(/\s*\*\/$/, "").replace(/^ *\* ?/gm, ""))
    .flatMap((docstring) => docstring.split(/^@/m).filter((tag) => tag.startsWith("example\n")))
    .map((tag) => tag.slice("example\n".length));
}

/** One expression, and as a comment what it gives. */
function asserted(text) {
  const [, expression, value] = text.match(/^((?:(?!;).)*); \/\/ (".*")\s*$/s) ?? [];
  if (expression === undefined) return text;
  return `import { equal } from "node:assert/strict";\nequal(${expression}, ${value});`;
}
