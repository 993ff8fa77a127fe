import { createReadStream } from "node:fs";
import { boundedBytes } from "./boundedBytes.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { decoded } from "./decoded.js";

/** The text of a file, in the encoding that its byte order mark names, else UTF-8; or of stdin for "-". */
export async function readInput(option: string, file: string, io: CliIo): Promise<string> {
  if (file === "-") return io.stdin();
  try {
    return decoded(await boundedBytes(createReadStream(file, { highWaterMark: 1_000_000 })));
  } catch (error) {
    throw new CliError(
      `${option} ${file}: could not be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
