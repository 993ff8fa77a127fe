// What the package costs whoever installs, imports and bundles it, beside @aws-sdk/client-backup alone: `npm run footprint`
// packs it, installs both into empty projects, measures, and writes docs/package.md.
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = new URL("../docs/package.md", import.meta.url);
const scratch = mkdtempSync(join(tmpdir(), "footprint-"));
const runs = 15;

try {
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", scratch], root));
  const alone = await measured("alone", ["@aws-sdk/client-backup"], ["@aws-sdk/client-backup"]);
  const beside = await measured(
    "beside",
    ["@aws-sdk/client-backup", join(scratch, packed.filename)],
    ["backup-vault-access/client-backup", "backup-vault-access"],
  );
  writeFileSync(page, text(packed, alone, beside));
  console.log(readFileSync(page, "utf8"));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function measured(name, packages, entrances) {
  const project = join(scratch, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "a-user", private: true, type: "module" }));
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], project);
  const lock = JSON.parse(readFileSync(join(project, "node_modules/.package-lock.json"), "utf8"));
  return {
    packages: Object.keys(lock.packages).length,
    bytes: sizeOf(join(project, "node_modules")),
    imports: entrances.map((entrance) => importTime(project, entrance)),
    bundles: await Promise.all(entrances.map((entrance) => bundled(project, entrance))),
  };
}

function sizeOf(path) {
  const found = lstatSync(path);
  if (!found.isDirectory()) return found.isSymbolicLink() ? 0 : found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** What an import in a process of its own takes of the processor, in milliseconds: the least of several. */
function importTime(project, entrance) {
  const program = `const before = process.cpuUsage(); await import("${entrance}"); const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000);`;
  const times = Array.from({ length: runs }, () =>
    Number(run(process.execPath, ["--input-type=module", "--eval", program], project)),
  );
  return Math.min(...times);
}

/** A function that creates a vault, bundled for Lambda: what it loads at a cold start, and what only a refusal loads. */
async function bundled(project, entrance) {
  const entry = join(project, `${entrance.replace(/\W/g, "-")}.mjs`);
  const made =
    entrance === "@aws-sdk/client-backup"
      ? `import { BackupClient, CreateBackupVaultCommand } from "${entrance}"; const client = new BackupClient({}); export const handler = ({ name }) => client.send(new CreateBackupVaultCommand({ BackupVaultName: name }));`
      : `import { BackupClient } from "@aws-sdk/client-backup"; import { createBackupVault } from "${entrance}"; const client = new BackupClient({}); export const handler = ({ name }) => createBackupVault(client, { BackupVaultName: name });`;
  writeFileSync(entry, made);
  const { metafile } = await build({
    entryPoints: [entry],
    outdir: join(project, "bundle"),
    absWorkingDir: project,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "esm",
    mainFields: ["module", "main"],
  });
  const [start] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(".mjs")) ?? [];
  const loaded = new Set();
  const load = (file) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind, external } of metafile.outputs[file].imports) {
      if (kind === "import-statement" && external !== true) load(path);
    }
  };
  load(start);
  const bytes = (files) => files.reduce((sum, file) => sum + metafile.outputs[file].bytes, 0);
  return { cold: bytes([...loaded]), all: bytes(Object.keys(metafile.outputs)) };
}

function text(packed, alone, beside) {
  const [sdkTime] = alone.imports;
  const [dropInTime, mainTime] = beside.imports;
  const [sdkBundle] = alone.bundles;
  const [dropInBundle, mainBundle] = beside.bundles;
  const row = (...cells) => `| ${cells.join(" | ")} |`;
  return `# What the package costs

Beside \`@aws-sdk/client-backup\` alone, which an application that creates vaults has anyway. \`npm run footprint\` measured it: Node.js ${process.version}, ${process.platform}, the newest versions on ${new Date().toISOString().slice(0, 10)}; times are of the processor, the least of ${runs} processes, on a machine with two slow cores: compare them with each other.

${row("", "@aws-sdk/client-backup alone", "with backup-vault-access")}
${row("---", "---", "---")}
${row("packages installed", alone.packages, beside.packages)}
${row("size installed", megabytes(alone.bytes), megabytes(beside.bytes))}
${row("to import, as `backup-vault-access/client-backup`", milliseconds(sdkTime), milliseconds(dropInTime))}
${row("to import, as `backup-vault-access`", "", milliseconds(mainTime))}
${row("a Lambda bundle at a cold start, by `/client-backup`", kilobytes(sdkBundle.cold), kilobytes(dropInBundle.cold))}
${row("a Lambda bundle at a cold start, by the main entrance", "", kilobytes(mainBundle.cold))}
${row("the whole bundle, with what only a refusal loads", kilobytes(sdkBundle.all), kilobytes(dropInBundle.all))}

The tarball has ${packed.files.length} files, ${kilobytes(packed.size)} packed and ${megabytes(packed.unpackedSize)} unpacked: compiled code with its types, JSON Schemas, these pages and their pictures. No script runs when it is installed.

## Why

- Most of what is installed are the SDK's clients for IAM, KMS, Organizations, STS and CloudTrail, and its credential providers for the command line. They are loaded when a vault is refused, or by a command, never before.
- \`backup-vault-access/client-backup\` is the entrance for an application: it has the clients, \`createBackupVault\` and \`BackupVaultAccessDeniedError\`, and loads nothing of the diagnosis. The main entrance also has \`diagnose\`, \`parseSnapshot\` and \`redact\`, which bring the policy engine with them.
- A bundler has to split (\`esbuild --bundle --splitting --format=esm\`), or else everything is in one file, which is parsed at each cold start; with \`--platform=node\` the SDK's CommonJS wants a \`require\` in the banner. [examples/lambda](../examples/lambda) does both, and fails where something of the diagnosis slipped into the cold start.
- Optional, and installed by nobody who does not ask for them: chai and mocha (assertions), \`@modelcontextprotocol/sdk\` (\`backup-vault-access mcp\`).
`;
}

function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}

function milliseconds(time) {
  return `${Math.round(time)} ms`;
}

function run(command, args, cwd) {
  const env = { ...process.env, NODE_NO_WARNINGS: "1" };
  return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
