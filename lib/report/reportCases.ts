import type { ReportCase } from "./ReportCase.js";
import { reportGithub } from "./reportGithub.js";
import { reportHtml } from "./reportHtml.js";
import { reportJunit } from "./reportJunit.js";
import { reportMarkdown } from "./reportMarkdown.js";
import { reportSarif } from "./reportSarif.js";

/** Formats for programs and pages, which know of cases only. */
export type CaseFormat = "junit" | "sarif" | "html" | "markdown" | "github";

export function reportCases(cases: readonly ReportCase[], format: CaseFormat): string {
  switch (format) {
    case "junit":
      return reportJunit(cases);
    case "sarif":
      return reportSarif(cases);
    case "html":
      return reportHtml(cases);
    case "markdown":
      return reportMarkdown(cases);
    case "github":
      return reportGithub(cases);
  }
}
