import { writeFile } from "node:fs/promises";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { printable } from "../report/printable.js";
import { type ReportOptions, report } from "../report/report.js";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import { notWritten } from "./notWritten.js";
import type { OutputOptions } from "./OutputOptions.js";

/** What a report can show beside the diagnoses. */
export type ShownBeside = Pick<ReportOptions, "snapshot" | "placeOf">;

/**
 * Prints a diagnosis, or several, as asked: to stdout, to a file, or, quietly, nowhere.
 *
 * @param shown what else a report can show: the snapshot, and where in somebody's files what blocks stands
 */
export async function tellDiagnoses(
  diagnoses: readonly Diagnosis[],
  options: OutputOptions,
  io: CliIo,
  { snapshot, placeOf }: ShownBeside = {},
): Promise<void> {
  const color = isColored(options, io);
  const text = report(diagnoses, checkedFormat(options.format), {
    color,
    ...(io.columns !== undefined && options.output === undefined && { width: io.columns }),
    ...(snapshot !== undefined && { snapshot }),
    ...(placeOf !== undefined && { placeOf }),
  });
  await tellText(text, options, io);
}

/**
 * Whether colours are wanted and fit: --no-color, then FORCE_COLOR, then NO_COLOR, then whether stdout is a terminal,
 * and one that knows colours.
 *
 * @see https://nodejs.org/api/tty.html#writestreamgetcolordepthenv
 * @see https://no-color.org/
 */
export function isColored({ color, output }: Pick<OutputOptions, "color" | "output">, io: CliIo): boolean {
  if (!color || output !== undefined) return false;
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = io.env;
  if (forced !== undefined) return !/^(0|false)$/.test(forced);
  return io.isTerminal && !refused && terminal !== "dumb";
}

/** Says a line on stderr, made harmless, unless silence was asked for. */
export function say(io: CliIo, quiet: boolean | undefined, text: string): void {
  if (quiet !== true) io.stderr(`${printable(text)}\n`);
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
      throw notWritten("--output", output, error);
    }
  } else if (quiet !== true) {
    io.stdout(text);
  }
}
