import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const lib = fileURLToPath(new URL("../../lib", import.meta.url));

/** A file of lib/: its text without comments, and what it imports, by paths as its own. */
export interface SourceFile {
  text: string;
  lines: number;
  imports: { to: string; isType: boolean; isLazy: boolean }[];
}

/** Every file of lib/ by its path from there, as "client/createBackupVault.ts". */
export function readImports(): Map<string, SourceFile> {
  const files = new Map<string, SourceFile>();
  for (const file of readdirSync(lib, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".ts")) continue;
    const written = readFileSync(join(lib, file), "utf8");
    // Comments go, and their lines stay, so that what is said of a line is found there.
    const text = written.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ""));
    const imports = [...text.matchAll(/(import|export)\b(\s+type\b)?[^;"(]*(\(?)\s*"(\.[^"]+)\.js"/g)].map(
      ([, , type, lazy, target = ""]) => ({
        to: `${relative(lib, resolve(dirname(join(lib, file)), target))}.ts`,
        isType: type !== undefined,
        isLazy: lazy === "(",
      }),
    );
    files.set(file, { text, lines: written.split("\n").length - 1, imports });
  }
  return files;
}
