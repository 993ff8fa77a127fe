import { parseSnapshot } from "../snapshot/parseSnapshot.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { SnapshotFormatError } from "../snapshot/SnapshotFormatError.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { readInput } from "./readInput.js";

/** Reads a snapshot; what is wrong with it is told with the file, the JSON path and what was expected. */
export async function readSnapshot(file: string, io: CliIo): Promise<Snapshot> {
  return (await readSnapshotFile(file, io)).snapshot;
}

/** The snapshot with its text, in which places are looked for. */
export async function readSnapshotFile(file: string, io: CliIo): Promise<{ snapshot: Snapshot; text: string }> {
  const text = await readInput("--snapshot", file, io);
  try {
    return { snapshot: parseSnapshot(text), text };
  } catch (error) {
    if (!(error instanceof SnapshotFormatError)) throw error;
    const place = error.path === "" ? "the document" : error.path;
    throw new CliError(`--snapshot ${file}: ${place}: ${error.expected}`);
  }
}
