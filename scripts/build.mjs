// `npm run build [-- FOLDER]`: what is packed, into dist/ or FOLDER. The code of the entrances in few files, since each file
// that is loaded costs half a millisecond; dependencies stay dependencies, names stay as they are. The types, file by file.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, "dist"));
const entrances = ["index", "policy/index", "client/client-backup", "replay/index", "testing/index", "report/index"];

// A file that was renamed or removed does not stay in the package.
rmSync(folder, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [...entrances, "cli/main"].map((name) => `lib/${name}.ts`),
  outbase: "lib",
  outdir: folder,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
});
const types = ["-p", "tsconfig.build.json", "--emitDeclarationOnly", "--outDir", folder];
const { status } = spawnSync(join(root, "node_modules/.bin/tsc"), types, { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;
