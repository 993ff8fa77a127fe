import { writeFile } from "node:fs/promises";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { printable } from "../report/printable.js";
import type { ReportCase } from "../report/ReportCase.js";
import { reportCases } from "../report/reportCases.js";
import { reportJson } from "../report/reportJson.js";
import { reportText } from "../report/reportText.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";

/**
 * Prints a diagnosis as asked: to stdout, to a file, or, quietly, nowhere.
 *
 * @param file what was diagnosed, where it was a file
 */
export async function tellDiagnosis(
  diagnosis: Diagnosis,
  options: OutputOptions,
  io: CliIo,
  file?: string,
): Promise<void> {
  await tellText(diagnosisAs(diagnosis, options, io, file), options, io);
}

function diagnosisAs(diagnosis: Diagnosis, options: OutputOptions, io: CliIo, file: string | undefined): string {
  const format = checkedFormat(options.format);
  switch (format) {
    case "text":
      return reportText(diagnosis, { color: isColored(options, io) });
    case "json":
      return reportJson([diagnosis]);
    default:
      return reportCases([{ ...caseOf(diagnosis), ...(file !== undefined && { file }) }], format);
  }
}

/** The question of a single diagnosis as test reports know it: may the vault be created? */
function caseOf(diagnosis: Diagnosis): ReportCase {
  const vault = diagnosis.actions.find(({ action }) => action === "backup:CreateBackupVault")?.resource;
  const status = ({ allowed: "passed", blocked: "failed", inconclusive: "inconclusive" } as const)[diagnosis.outcome];
  return {
    name: printable(`may create ${vault ?? "the backup vault"}`),
    status,
    text: status === "passed" ? null : reportText(diagnosis).trimEnd(),
    diagnosis,
  };
}

/** Whether colours are wanted and fit. */
export function isColored({ color, output }: Pick<OutputOptions, "color" | "output">, io: CliIo): boolean {
  return color && io.isTerminal && !io.env.NO_COLOR && output === undefined;
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
