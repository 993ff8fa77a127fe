import { counts } from "./counts.js";
import { printable } from "./printable.js";
import { printableLines } from "./printableLines.js";
import type { ReportCase } from "./ReportCase.js";

/**
 * Cases as GitHub Actions' workflow commands: an error annotation for each that failed, a warning for each that is
 * inconclusive, and a line of counts.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function reportGithub(cases: readonly ReportCase[]): string {
  const lines = cases.flatMap(annotation);
  return `${[...lines, `backup-vault-access: ${counts(cases)}`].join("\n")}\n`;
}

function annotation({ name, status, text }: ReportCase): string[] {
  switch (status) {
    case "passed":
      return [];
    case "failed":
      return [`::error ${told(name, text)}`];
    case "inconclusive":
      return [`::warning ${told(name, text)}`];
  }
}

function told(name: string, text: string | null): string {
  return `title=${property(printable(name))}::${data(printableLines(text ?? "").join("\n"))}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
