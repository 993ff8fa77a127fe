// Packs the package, installs the tarball into an empty project as a user would, and uses every entrance from there.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "backup-vault-access-"));
const run = (command, args, cwd, options = {}) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], ...options });

try {
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", project], root));
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "a-user", private: true, type: "module", dependencies: {} }),
  );
  const tools = ["typescript@7", "@types/node@20", "@aws-sdk/client-backup"];
  run("npm", ["install", "--no-audit", "--no-fund", join(project, filename), ...tools], project);
  cpSync(join(root, "examples/packed"), project, { recursive: true });

  run("npx", ["tsc", "-p", "."], project);
  process.stdout.write(run("node", ["use.js"], project));
  process.stdout.write(run("node", ["use.cjs"], project));

  const snapshot = join(root, "spec/examples/mountcapsule-missing.snapshot.json");
  const told = (() => {
    try {
      return run("npx", ["backup-vault-access", "explain", "--snapshot", snapshot], project);
    } catch (error) {
      if (error.status === 1) return error.stdout;
      throw error;
    }
  })();
  if (!told.includes("No identity policy of role Deployer allows backup-storage:MountCapsule.")) {
    throw new Error(`the packed command line said:\n${told}`);
  }
  console.log("the packed package works: types, import, require, emulator, command line");

  // The example of tests, as a team's own project: under mocha, under Vitest, and by the command line's expectations.
  const example = join(project, "testing");
  cpSync(join(root, "examples/testing"), example, { recursive: true });
  run("npm", ["install", "--no-audit", "--no-fund", join(project, filename)], example);
  run("npm", ["test"], example, { stdio: "inherit" });
  console.log("the example of tests passes with the packed package");
} finally {
  rmSync(project, { recursive: true, force: true });
}
