import { lastingName } from "./lastingName.js";
import { printable } from "./printable.js";
import { printableLines } from "./printableLines.js";
import type { ReportCase } from "./ReportCase.js";

/**
 * Cases as a JUnit XML file: `failure` where one failed, `error` where it is inconclusive, so that no reader of such files
 * takes it for passed.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function reportJunit(cases: readonly ReportCase[]): string {
  const counts = [
    `tests="${cases.length}"`,
    `failures="${cases.filter(({ status }) => status === "failed").length}"`,
    `errors="${cases.filter(({ status }) => status === "inconclusive").length}"`,
    `time="${seconds(cases.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0))}"`,
  ].join(" ");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="backup-vault-access" ${counts}>`,
    `  <testsuite name="Backup vault access" ${counts}>`,
    ...cases.flatMap(caseLines),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function caseLines(one: ReportCase): string[] {
  const { name, status, text, milliseconds = 0 } = one;
  const lasting = lastingName(one);
  const start = `    <testcase classname="backup-vault-access" name="${attribute(printable(lasting))}" time="${seconds(milliseconds)}"`;
  const parts = [
    ...(status === "passed" ? [] : [unmet(status, printableLines(text ?? ""))]),
    ...(name === lasting ? [] : [`      <system-out>${escaped(printable(name))}</system-out>`]),
  ];
  return parts.length === 0 ? [`${start}/>`] : [`${start}>`, ...parts, "    </testcase>"];
}

function unmet(status: "failed" | "inconclusive", lines: readonly string[]): string {
  const element = status === "failed" ? "failure" : "error";
  return `      <${element} type="${status}" message="${attribute(lines[0] ?? "")}">${escaped(lines.join("\n"))}</${element}>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attribute(text: string): string {
  return escaped(text).replaceAll('"', "&quot;");
}

/** XML 1.0 has no place for a few characters that `printable` leaves, not even escaped. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
