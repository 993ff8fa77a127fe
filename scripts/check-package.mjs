// Packs the package as a fresh clone would, looks at what is in it, installs the tarball into an empty project as a user
// would, and uses every entrance from there: with each TypeScript and each Node.js that it promises.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkContents } from "./package/checkContents.mjs";
import { checkExamples } from "./package/checkExamples.mjs";
import { checkSnippets } from "./package/checkSnippets.mjs";
import { lockProject, unlocked } from "./package/lockProject.mjs";
import { nodes } from "./package/nodes.mjs";

/** What a project of a user has installed beside the package; the compilers under a name of their own. */
const compilers = { "typescript-5.4": "5.4", "typescript-5.9": "5.9", "typescript-6": "6", "typescript-7": "7" };
/** Projects of teams, each with a test of its own. */
const teams = ["testing", "lambda", "deploy", "cdk"];

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "backup-vault-access-"));
const clone = join(scratch, "clone");
const project = join(scratch, "project");
const bin = (name) => join(root, "node_modules/.bin", name);

try {
  freshClone();
  mkdirSync(project);
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", project], clone));
  const tarball = join(project, packed.filename);
  checkContents(packed, clone);
  run(bin("publint"), ["run", tarball, "--strict"], clone, { stdio: "inherit" });
  // ESM only: require() of it works from Node.js 20.19 on, which attw does not know.
  run(bin("attw"), [tarball, "--profile", "esm-only", "--format", "ascii", "--exclude-entrypoints", "schemas"], clone);
  console.log("publint and attw find nothing");

  const tools = Object.entries(compilers).map(([name, version]) => [name, `npm:typescript@${version}`]);
  install(project, "project", {
    name: "a-user",
    private: true,
    type: "module",
    dependencies: {
      "backup-vault-access": tarball,
      "@aws-sdk/client-backup": "*",
      "@types/node": "20",
      ...Object.fromEntries(tools),
    },
  });
  cpSync(join(root, "examples/packed"), project, { recursive: true });

  for (const name of Object.keys(compilers)) compile(name);
  process.stdout.write(run("node", ["use.js"], project));
  process.stdout.write(run("node", ["use.cjs"], project));
  for (const version of Object.values(nodes)) onNode(version);
  commandLine();

  lowest(tarball);
  const tests = examples(tarball);
  checkSnippets(root, ["README.md", "docs/testing.md", "docs/application.md", "docs/offline.md"], tests, run);
  checkExamples(tests, join(scratch, "teams/node_modules/backup-vault-access"), run);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs a program to its end and gives what it printed, which is shown where it fails. */
function run(command, args, cwd, options = {}) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    ...options,
  });
  if (error !== undefined) throw error;
  if (status === 0 || options.expected?.includes(status)) return stdout;
  throw new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${stdout ?? ""}`);
}

/** Installs a project with the versions of a lock; `-- --lock` takes the newest of what no lock names, and keeps them. */
function install(folder, name, manifest) {
  lockProject(folder, name, manifest);
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], folder);
  const news = unlocked(folder, name, process.argv.includes("--lock"));
  if (news.length === 0 || process.argv.includes("--lock")) return;
  throw new Error(`no lock names the versions of ${news.join(", ")}: npm run check:package -- --lock`);
}

/** The files that git knows, or would, and nothing that was built: the tools are borrowed. */
function freshClone() {
  const files = run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], root).split("\0");
  for (const file of files.filter((one) => one !== "" && existsSync(join(root, one)))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
}

/**
 * Compiles the user's program as `nodenext` and `bundler`, every declaration included by the newest, which is quick at it;
 * types of a required ES module came with TypeScript 5.8.
 */
function compile(name) {
  const tsc = join(project, "node_modules", name, "bin/tsc");
  const libraries = name === "typescript-7" ? "false" : "true";
  const programs = [
    ["-p", "."],
    ["-p", ".", "--noEmit", "--module", "esnext", "--moduleResolution", "bundler"],
    ...(name === "typescript-5.4" ? [] : [["-p", "tsconfig.require.json"]]),
  ];
  for (const program of programs) run("node", [tsc, ...program, "--skipLibCheck", libraries], project);
  console.log(
    `${name}: compiles as ${programs.length > 2 ? "nodenext, bundler and require()" : "nodenext and bundler"}`,
  );
}

function onNode(version) {
  const program = "node use.js && node use.cjs";
  run("npx", ["--yes", "--package", `node@${version}`, "--call", program], project, {
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  console.log(`Node.js ${version}: import and require() work`);
}

function commandLine() {
  const snapshot = join(root, "spec/examples/mountcapsule-missing.snapshot.json");
  const told = run("npx", ["backup-vault-access", "explain", "--snapshot", snapshot], project, { expected: [1] });
  if (!told.includes("No identity policy of role Deployer allows backup-storage:MountCapsule.")) {
    throw new Error(`the packed command line said:\n${told}`);
  }
  // Who serves no assistant has not installed the protocol's SDK.
  run("npx", ["backup-vault-access", "mcp"], project, { expected: [4], stdio: ["ignore", "pipe", "ignore"] });
  console.log(
    `the packed command line explains (${JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version})`,
  );
}

/** The same program with the lowest version of @aws-sdk/client-backup that the package says it works with. */
function lowest(tarball) {
  const folder = join(scratch, "lowest");
  mkdirSync(folder);
  const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const version = peerDependencies["@aws-sdk/client-backup"].replace("^", "");
  install(folder, "lowest", {
    name: "a-patient-user",
    private: true,
    type: "module",
    dependencies: {
      "backup-vault-access": tarball,
      "@aws-sdk/client-backup": version,
      "@types/node": "20",
      typescript: "7",
    },
  });
  cpSync(join(root, "examples/packed"), folder, { recursive: true });
  run("node", [join(folder, "node_modules/typescript/bin/tsc"), "-p", ".", "--skipLibCheck", "false"], folder);
  run("node", ["use.js"], folder);
  console.log(`@aws-sdk/client-backup ${version}, the lowest: compiles and works`);
}

/** The examples, as the projects of teams that share one installation; gives the folder of the one about tests. */
function examples(tarball) {
  const folder = join(scratch, "teams");
  mkdirSync(folder);
  for (const team of teams) cpSync(join(root, "examples", team), join(folder, team), { recursive: true });
  const dependencies = { "backup-vault-access": tarball };
  install(folder, "teams", { name: "teams", private: true, workspaces: teams, dependencies });
  for (const team of teams) {
    run("npm", ["test"], join(folder, team), { stdio: "inherit" });
    console.log(`examples/${team} passes with the packed package`);
  }
  return join(folder, "testing");
}
