import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A folder with the package as npm would lay it, built from what is here, and its dependencies; to be removed again. */
export function builtPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), "built-package-"));
  const { status, stdout } = spawnSync(
    process.execPath,
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", join(folder, "dist")],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the package does not compile:\n${stdout}`);
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}
