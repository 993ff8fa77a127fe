import { writeFile } from "node:fs/promises";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { reportJson } from "../report/reportJson.js";
import { reportText } from "../report/reportText.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";

/** Prints a diagnosis as asked: to stdout, to a file, or, quietly, nowhere. */
export async function tellDiagnosis(diagnosis: Diagnosis, options: OutputOptions, io: CliIo): Promise<void> {
  const isColored = options.color && io.isTerminal && !io.env.NO_COLOR && options.output === undefined;
  const text =
    checkedFormat(options.format) === "json" ? reportJson([diagnosis]) : reportText(diagnosis, { color: isColored });
  await tellText(text, options, io);
}

/** Prints a text as asked. */
export async function tellText(
  text: string,
  { output, quiet }: Pick<OutputOptions, "output" | "quiet">,
  io: CliIo,
): Promise<void> {
  if (output !== undefined) {
    try {
      await writeFile(output, text);
    } catch (error) {
      throw new CliError(
        `--output ${output}: could not be written (${error instanceof Error ? error.message : String(error)})`,
      );
    }
  } else if (quiet !== true) {
    io.stdout(text);
  }
}
