import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Where the sources stand as JavaScript while the specs run, in the repository's own layout; mocha's workers inherit it. */
process.env.BUILT ??= `${root}node_modules/.cache/backup-vault-access/${process.pid}`;
const folder = process.env.BUILT;

/** A source file as JavaScript, to be run in a process of its own: `built("lib/cli/main.ts")`. */
export function built(source: string): string {
  return `${folder}/${source.replace(/\.ts$/, ".js")}`;
}

/** Once a run of mocha: a process that a spec starts then pays for no transpiler, which is most of its time. */
export async function mochaGlobalSetup(): Promise<void> {
  // A run that was killed left its own behind, and ids of processes come again.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const shared of ["config", "docs", "package.json"]) symlinkSync(root + shared, `${folder}/${shared}`);
  await build({
    absWorkingDir: root,
    entryPoints: ["lib/**/*.ts", "scripts/**/*.ts", "spec/**/*.ts"],
    outbase: ".",
    outdir: folder,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
}

export function mochaGlobalTeardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
