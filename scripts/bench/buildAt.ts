import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { diagnose, newJudge, parseSnapshot } from "../../lib/index.js";

/** What a benchmark measures of a build. */
export interface Build {
  diagnose: typeof diagnose;
  parseSnapshot: typeof parseSnapshot;
  /** There was none at the yardstick. */
  newJudge?: typeof newJudge;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The package as a commit had it, compiled into a folder of its own; what is checked out now without one. The dependencies
 * are the installed ones.
 *
 * @throws where the commit is not in the clone: a shallow one has no history
 */
export async function buildAt(commit?: string): Promise<Build> {
  const folder = compiledAt(commit);
  return (await import(pathToFileURL(join(folder, "dist/index.js")).href)) as Build;
}

/** The folder that such a package is compiled into; it goes with the process. */
export function compiledAt(commit?: string): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const source = commit === undefined ? root : join(folder, "source");
  if (commit !== undefined) {
    mkdirSync(source);
    const archive = execFileSync("git", ["archive", commit], { cwd: root, maxBuffer: 1e9 });
    execFileSync("tar", ["-x", "-C", source], { input: archive });
    symlinkSync(join(root, "node_modules"), join(source, "node_modules"));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const dist = join(folder, "dist");
  // The yardstick was packed as its compiler left it.
  const build = existsSync(join(source, "scripts/build.mjs"))
    ? [process.execPath, "scripts/build.mjs", dist]
    : [join(root, "node_modules/.bin/tsc"), "-p", "tsconfig.build.json", "--outDir", dist, "--sourceMap", "false"];
  const [program = "", ...args] = build;
  execFileSync(program, args, { cwd: source, stdio: ["ignore", "inherit", "inherit"] });
  execFileSync("cp", [join(source, "package.json"), folder]);
  return folder;
}
