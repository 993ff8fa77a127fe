// What API Extractor reads from the compiled declarations: for each entrance a report of its surface, and a model of it with
// its docstrings.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Hands each entrance to `use`: its name, its report as text and the file of its model, which is removed afterwards.
 *
 * @param use may be asynchronous
 */
export async function extract(use) {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const scratch = mkdtempSync(join(tmpdir(), "api-"));
  try {
    symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
    const { status } = spawnSync(
      join(root, "node_modules/.bin/tsc"),
      ["-p", "tsconfig.build.json", "--emitDeclarationOnly", "--outDir", join(scratch, "dist")],
      { cwd: root, stdio: "inherit" },
    );
    if (status !== 0) throw new Error("the types do not compile");
    writeFileSync(join(scratch, "package.json"), JSON.stringify(manifest));
    for (const [subpath, { types } = {}] of Object.entries(manifest.exports)) {
      if (types === undefined) continue;
      const name = subpath === "." ? "index" : subpath.slice(2).replaceAll("/", "-");
      await use({ name, subpath, ...entrance(scratch, name, join(scratch, types)) });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function entrance(scratch, name, entry) {
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
      docModel: { enabled: true, apiJsonFilePath: join(folder, `${name}.api.json`) },
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
  return { report: readFileSync(join(folder, `${name}.api.md`), "utf8"), model: join(folder, `${name}.api.json`) };
}
