import { counts } from "./counts.js";
import { caseSection } from "./html/caseSection.js";
import { type Markup, markup } from "./html/markup.js";
import { style } from "./html/style.js";
import { namesApart } from "./namesApart.js";
import { printable } from "./printable.js";
import type { ReportCase } from "./ReportCase.js";

const statuses = ["failed", "inconclusive", "passed"] as const satisfies readonly ReportCase["status"][];

/** So many are told in full, what failed first: each takes some 20 KB, and a browser shows no page of hundreds of megabytes. */
const mostSections = 500;

/**
 * Cases as one HTML page that needs nothing else: the answer and who it is about, what blocks with the statement marked in
 * its policy and the fix as a diff, every layer's verdict on every action with its statements, the way through the
 * organization, and the evidence; of many, an index with failures first that can be narrowed. It runs no script and loads
 * nothing; what is named may be hostile, and is shown as text.
 */
export function reportHtml(cases: readonly ReportCase[]): string {
  const sorted = statuses.flatMap((wanted) => cases.filter(({ status }) => status === wanted));
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Backup vault access: ${counts(cases)}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
<h1>Backup vault access: ${counts(cases)}</h1>
${sorted.length > 1 ? index(sorted) : null}${sorted.slice(0, mostSections).map(caseSection)}</main>
</body>
</html>
`.html;
}

/** Which there are, narrowed by the outcome without a script. */
function index(cases: readonly ReportCase[]): Markup {
  const choices = ["all", ...statuses].map((status) => {
    const count = status === "all" ? cases.length : cases.filter((one) => one.status === status).length;
    return markup`<label><input type="radio" name="only" id="only-${status}"${status === "all" ? markup` checked` : null}> ${status} (${count})</label>`;
  });
  const { shared, names } = namesApart(cases);
  const rows = cases.map(({ status, diagnosis: { summary, blockingLayer } }, at) => {
    const name = printable(names[at] ?? "");
    return markup`<tr data-status="${status}"><td><span class="result ${status}">${status}</span></td><td>${at < mostSections ? markup`<a href="#case-${at + 1}">${name}</a>` : name}</td><td>${blockingLayer ?? ""}</td><td>${shortened(printable(summary))}</td></tr>\n`;
  });
  return markup`${shared === "" ? null : markup`<p>All of them: ${printable(shared)}</p>\n`}<fieldset class="filter"><legend>Show</legend>${choices}</fieldset>
<div class="scroll" role="region" aria-label="All cases" tabindex="0"><table class="index">
<thead><tr><th scope="col">result</th><th scope="col">who, what and where</th><th scope="col">layer</th><th scope="col">why</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
${cases.length > mostSections ? markup`<p>The first ${mostSections} are told in full on this page, what failed first; the formats json and ndjson have all of them.</p>\n` : null}`;
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)} ...` : text;
}
