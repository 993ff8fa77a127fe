// Everything that CI checks, in one command: `npm run verify`.
//   npm run verify -- lint types     only these gates
//   npm run verify -- --skip specs   all but these
//   npm run verify -- --list         what there is
// Gates run side by side on two cores. Each says how it went and how long it took; what a gate printed is kept in
// reports/verify/NAME.log and shown where it failed; at the end stands what failed, how to repeat it and what to do.
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodes } from "./package/nodes.mjs";

const node = (version) =>
  `npx --yes --package node@${nodes[version]} --call "node node_modules/mocha/bin/mocha.js --reporter dot ${dependsOnNode}"`;

/** What behaves differently from one Node.js to the next: the SDK, processes, module loading, reading files. */
const dependsOnNode = [
  "{aws,client,testing}/**/*.spec",
  "cli/{golden,failures,encodings,explainError,mcp}.spec",
  "client/success.journey",
]
  .map((specs) => `'spec/${specs}.ts'`)
  .join(" ");

/** Specs that draw their cases, and in `npm test` draw an eighth of them (spec/random/runs.ts). */
const drawn = readdirSync("spec", { recursive: true, encoding: "utf8" })
  .map((name) => `spec/${name}`)
  .filter((path) => path.endsWith(".spec.ts") && readFileSync(path, "utf8").includes("random/runs.js"))
  .join(" ");

/**
 * The gates, the longest first: `command` repeats one by hand, `todo` says what its failure asks for, and `alone` keeps
 * the machine free for a gate that uses all of it.
 */
const gates = [
  {
    name: "specs",
    command: "npx mocha --parallel --jobs 2 'spec/**/*.spec.ts'",
    todo: "mend the code, or the spec where the behaviour was meant to change; a random spec prints the seed that repeats it",
    alone: true,
  },
  {
    name: "package",
    command: "npm run -s check:package",
    todo: "what a user would install does not work: see which of contents, types, Node version or example it names",
  },
  {
    name: "journeys",
    command: "npx mocha 'spec/!(emulator|fix)/**/*.journey.ts'",
    todo: "they drive the built binary, python3-boto3 and chromium-headless-shell (apt-get install them where one is missing)",
  },
  {
    name: "emulator",
    command: "npx mocha 'spec/{emulator,fix}/**/*.journey.ts'",
    todo: "they ask the emulator, also by Debian's awscli and python3-boto3 (apt-get install them where one is missing)",
  },
  {
    name: "random",
    command: `RANDOM=whole npx mocha --reporter dot ${drawn}`,
    todo: "mend the code, and keep what the printed seed found as a case of a table",
  },
  { name: "node-22", command: node(22), todo: "the specs named fail on Node.js 22 only: see what it does differently" },
  { name: "node-24", command: node(24), todo: "the specs named fail on Node.js 24 only: see what it does differently" },
  {
    name: "coverage",
    command: "npm run -s coverage",
    todo: "add the case that reaches the lines named, or remove what nothing can reach",
  },
  {
    name: "types",
    command: "npm run -s typecheck",
    todo: "mend the types; a module that is not found wants npm ci",
  },
  { name: "rules", command: "npx oxlint --type-aware", todo: "mend what is named; npx oxlint --fix mends some of it" },
  { name: "format", command: "npx biome check .", todo: "npm run format" },
  {
    name: "unused",
    command: "npx knip",
    todo: "remove the file, export or dependency that nobody uses, or say in knip.json who does",
  },
  {
    name: "api",
    command: "npm run -s api -- --check",
    todo: "the public surface changed: npm run api, read the difference under docs/api, and commit it where it was meant",
  },
  {
    name: "schemas",
    command: "npm run -s schemas -- --check",
    todo: "npm run schemas, and commit config/schemas",
  },
  {
    name: "imports",
    command: "npm run -s check:imports",
    todo: "move the file or the fact to the floor where it belongs (CONTRIBUTING.md has the map)",
  },
  {
    name: "sources",
    command: "npm run -s check:sources",
    todo: "cite a section or rule of docs/specification.md, a fact of docs/aws-behaviour.md, or an address",
  },
  {
    name: "conformance",
    command: "npm run -s conformance -- --check",
    todo: "npm run conformance, and commit docs/conformance.md; a rule without a case wants one",
  },
  { name: "path", command: "npm run -s path -- --check", todo: "npm run path, and commit docs/path.md" },
  { name: "man", command: "npm run -s man -- --check", todo: "npm run man, and commit man/backup-vault-access.1" },
  {
    name: "licences",
    command: "npm run -s check:licences",
    todo: "replace the dependency, or argue its licence in scripts/check-licences.mjs",
  },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { skip: { type: "string", multiple: true, default: [] }, list: { type: "boolean", default: false } },
});
const unknown = [...positionals, ...values.skip].filter((name) => !gates.some((gate) => gate.name === name));
if (values.list || unknown.length > 0) {
  if (unknown.length > 0) console.error(`no such gate: ${unknown.join(", ")}\n`);
  for (const { name, command } of gates) console.log(`${name.padEnd(10)} ${command}`);
  process.exit(unknown.length > 0 ? 3 : 0);
}

const logs = new URL("../reports/verify/", import.meta.url);
rmSync(logs, { recursive: true, force: true });
mkdirSync(logs, { recursive: true });

const chosen = gates.filter(
  ({ name }) => (positionals.length === 0 || positionals.includes(name)) && !values.skip.includes(name),
);
const began = performance.now();
const results = [];
for (const gate of chosen.filter(({ alone }) => alone)) results.push(await run(gate));
const waiting = chosen.filter(({ alone }) => !alone);
const lane = async () => {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) results.push(await run(gate));
};
await Promise.all([lane(), lane()]);

const failed = results.filter(({ code }) => code !== 0);
console.log(`\n${results.length} gates in ${seconds(performance.now() - began)}`);
for (const { name, command, todo } of failed) {
  console.log(`\nfailed: ${name}\n  repeat: ${command}\n  to do:  ${todo}\n  said:   reports/verify/${name}.log`);
}
console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Runs a gate to its end, keeps what it printed, and tells how it went. */
async function run(gate) {
  const start = performance.now();
  const chunks = [];
  const child = spawn(gate.command, {
    shell: true,
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, NODE_NO_WARNINGS: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (status) => resolve(status ?? 1));
  });
  const log = new URL(`${gate.name}.log`, logs);
  writeFileSync(log, Buffer.concat(chunks));
  console.log(
    `${code === 0 ? "pass" : "FAIL"}  ${gate.name.padEnd(10)} ${seconds(performance.now() - start).padStart(8)}`,
  );
  if (code !== 0) {
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    for (const line of lines.slice(-80)) console.log(`      ${line}`);
  }
  return { ...gate, code };
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
