// The function in one folder. `splitting` keeps what only a refusal needs in files of its own, which nobody loads before one:
// a cold start reads the first file and what that imports.
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["handler.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  platform: "node",
  target: "node20",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  // CommonJS in a bundle of ES modules asks for Node.js's own modules by require().
  banner: {
    js: 'import { createRequire as toRequire } from "node:module"; const require = toRequire(import.meta.url);',
  },
});

const loaded = new Set();
const load = (file) => {
  if (loaded.has(file)) return;
  loaded.add(file);
  for (const { path, kind, external } of metafile.outputs[file].imports) {
    if (kind === "import-statement" && external !== true) load(path);
  }
};
load("dist/handler.mjs");

const bytes = (files) => files.reduce((sum, file) => sum + metafile.outputs[file].bytes, 0);
const all = Object.keys(metafile.outputs);
console.log(`at a cold start: ${kilobytes(bytes([...loaded]))}; with what a refusal loads: ${kilobytes(bytes(all))}`);

// What reads evidence and judges it must not have slipped into the cold start.
const early = [...loaded].flatMap((file) => Object.keys(metafile.outputs[file].inputs));
const late = early.filter((file) =>
  /client-(iam|kms|organizations)\/|\/chunks\/(errorForDenial|collectEvidence)-/.test(file),
);
if (late.length > 0) throw new Error(`loaded at a cold start, before any refusal: ${late.join(", ")}`);

function kilobytes(size) {
  return `${Math.round(size / 1000)} kB`;
}
