// The public surface as a page for each entrance under docs/api, made by API Extractor from the compiled declarations:
// `npm run api` writes; `npm run api -- --check` fails where what is committed is another surface.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = join(root, "docs/api");
const isCheck = process.argv.includes("--check");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const scratch = mkdtempSync(join(tmpdir(), "api-"));
let changed = 0;

try {
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
  const { status } = spawnSync(
    join(root, "node_modules/.bin/tsc"),
    ["-p", "tsconfig.build.json", "--emitDeclarationOnly", "--outDir", join(scratch, "dist")],
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) throw new Error("the types do not compile");
  writeFileSync(join(scratch, "package.json"), JSON.stringify(manifest));
  mkdirSync(pages, { recursive: true });
  for (const [subpath, { types } = {}] of Object.entries(manifest.exports)) {
    if (types === undefined) continue;
    const name = subpath === "." ? "index" : subpath.slice(2).replaceAll("/", "-");
    write(`${name}.api.md`, reportOf(name, join(scratch, types)));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = changed > 0 ? 1 : 0;

function reportOf(name, entry) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(scratch, "package.json"),
    configObject: {
      projectFolder: scratch,
      mainEntryPointFilePath: entry,
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "ES2022",
            module: "NodeNext",
            moduleResolution: "NodeNext",
            strict: true,
            types: ["node"],
            skipLibCheck: true,
          },
          files: [entry],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, "temp"),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
  });
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      // What it would rather have written in the docstrings is nobody's surface.
      message.handled = message.logLevel !== "error";
    },
  });
  return readFileSync(join(folder, `${name}.api.md`), "utf8");
}

function write(file, text) {
  const path = join(pages, file);
  if (!isCheck) return writeFileSync(path, text);
  const committed = readdirSync(pages).includes(file) ? readFileSync(path, "utf8") : "";
  if (committed === text) return;
  changed += 1;
  console.error(`docs/api/${file} is another surface:`);
  const lines = (one) => new Set(one.split("\n"));
  for (const line of lines(committed)) if (!lines(text).has(line)) console.error(`- ${line}`);
  for (const line of lines(text)) if (!lines(committed).has(line)) console.error(`+ ${line}`);
}
