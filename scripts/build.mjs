// `npm run build [-- FOLDER]`: what is packed, into dist/ or FOLDER. The code of the entrances in few files, since each file
// that is loaded costs half a millisecond; names stay as they are. The types, file by file. Dependencies stay dependencies but
// for jsonc-parser: what its package names first is UMD, which no bundler of a user's can follow.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, "dist"));
const entrances = ["index", "policy/index", "client/client-backup", "replay/index", "testing/index", "report/index"];

const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const notice = "/*! with jsonc-parser, (c) Microsoft Corporation, MIT License: see NOTICE */";

// A file that was renamed or removed does not stay in the package.
rmSync(folder, { recursive: true, force: true });
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: [...entrances, "cli/main"].map((name) => `lib/${name}.ts`),
  outbase: "lib",
  outdir: folder,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  external: Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => [name, `${name}/*`]),
  mainFields: ["module", "main"],
  banner: { js: notice },
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
  write: false,
});
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  // No file does anything by being loaded (sideEffects), so that a bundler would warn of each import of nothing.
  writeFileSync(path, text.replace(/^import "\.[^"]+";\n/gm, ""));
}
const types = ["-p", "tsconfig.build.json", "--emitDeclarationOnly", "--outDir", folder];
const { status } = spawnSync(join(root, "node_modules/.bin/tsc"), types, { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;
