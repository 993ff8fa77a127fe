import { readFile } from "node:fs/promises";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";

/** The text of a file, or of stdin for "-". */
export async function readInput(option: string, file: string, io: CliIo): Promise<string> {
  if (file === "-") return io.stdin();
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CliError(
      `${option} ${file}: could not be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
