import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseSnapshot } from "../../snapshot/parseSnapshot.js";
import type { Snapshot } from "../../snapshot/Snapshot.js";
import { SnapshotFormatError } from "../../snapshot/SnapshotFormatError.js";
import { CliError } from "../CliError.js";

/** The snapshots of one folder, by name: nothing else of the machine can be named. */
export interface SnapshotFolder {
  names: () => Promise<string[]>;
  /** @throws CliError where there is none of that name, or it is no snapshot */
  read: (name: string) => Promise<Snapshot>;
}

const ending = ".snapshot.json";
/** In bytes; the largest policies of an organization make a hundredth of it. */
const largest = 50_000_000;

/** @param folder null: there are no snapshots */
export function snapshotFolder(folder: string | null): SnapshotFolder {
  const names = async () => {
    if (folder === null) return [];
    const entries = await readdir(folder, { withFileTypes: true });
    // A link could lead out of the folder.
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map(({ name }) => name)
      .sort();
  };
  const read = async (name: string) => {
    const known = await names();
    if (folder === null || !known.includes(name)) {
      const there = known.length === 0 ? "there is none" : `expected ${known.join(", ")}`;
      throw new CliError(`snapshot ${name}: no such snapshot; ${there} (mcp --snapshots FOLDER says where they are)`);
    }
    const file = join(folder, name);
    if ((await stat(file)).size > largest) throw new CliError(`snapshot ${name}: expected at most ${largest} bytes`);
    try {
      return parseSnapshot(await readFile(file, "utf8"));
    } catch (error) {
      if (!(error instanceof SnapshotFormatError)) throw error;
      throw new CliError(`snapshot ${name}: ${error.path === "" ? "the document" : error.path}: ${error.expected}`);
    }
  };
  return { names, read };
}
