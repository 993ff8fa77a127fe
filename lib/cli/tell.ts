import { writeFile } from "node:fs/promises";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { printable } from "../report/printable.js";
import type { ReportCase } from "../report/ReportCase.js";
import { reportGithub } from "../report/reportGithub.js";
import { reportJson } from "../report/reportJson.js";
import { reportJunit } from "../report/reportJunit.js";
import { reportText } from "../report/reportText.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";

/** Prints a diagnosis as asked: to stdout, to a file, or, quietly, nowhere. */
export async function tellDiagnosis(diagnosis: Diagnosis, options: OutputOptions, io: CliIo): Promise<void> {
  await tellText(diagnosisAs(diagnosis, options, io), options, io);
}

function diagnosisAs(diagnosis: Diagnosis, options: OutputOptions, io: CliIo): string {
  switch (checkedFormat(options.format)) {
    case "text":
      return reportText(diagnosis, { color: isColored(options, io) });
    case "json":
      return reportJson([diagnosis]);
    case "junit":
      return reportJunit([caseOf(diagnosis)]);
    case "github":
      return reportGithub([caseOf(diagnosis)]);
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
