import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { counts } from "./counts.js";
import { printable } from "./printable.js";
import { printableLines } from "./printableLines.js";
import type { ReportCase } from "./ReportCase.js";
import { reportText } from "./reportText.js";

const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 0.5rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
caption { text-align: left; }
th, td { border: 1px solid light-dark(#bbb, #555); padding: 0.25rem 0.5rem; text-align: left; font-weight: normal; }
thead th, .result { font-weight: bold; }
pre { background: light-dark(#f4f4f4, #222); overflow-wrap: anywhere; padding: 1rem; white-space: pre-wrap; }
.failed, .explicitDeny, .implicitDeny { color: light-dark(#a40000, #ff9a9a); }
.inconclusive, .unknown { color: light-dark(#7a4b00, #ffc766); }
.passed, .allowed { color: light-dark(#00600f, #8fdc9a); }
.notApplicable { color: light-dark(#666, #aaa); }
`;

/**
 * Cases as one HTML page that needs nothing else: what came of each, the verdict of every layer on every action, and all
 * that a text report says. It runs no script and loads nothing; what is named may be hostile, and is shown as text.
 */
export function reportHtml(cases: readonly ReportCase[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Backup vault access: ${escaped(counts(cases))}</title>
<style>${style}</style>
</head>
<body>
<h1>Backup vault access</h1>
<p>${escaped(counts(cases))}</p>
${cases.map(section).join("\n")}
</body>
</html>
`;
}

function section({ name, status, text, diagnosis }: ReportCase): string {
  return `<section>
<h2><span class="result ${status}">${status}</span> ${escaped(printable(name))}</h2>
<p>${escaped(printable(diagnosis.summary))}</p>
${verdicts(diagnosis)}
<details${status === "passed" ? "" : " open"}>
<summary>Everything that is known</summary>
<pre>${escaped(text === null ? reportText(diagnosis).trimEnd() : printableLines(text).join("\n"))}</pre>
</details>
</section>`;
}

function verdicts({ actions }: Diagnosis): string {
  const layers = Object.keys(actions[0]?.layers ?? {});
  const rows = actions.map(({ action, verdict, layers: judged }) => {
    const cells = [verdict, ...Object.values(judged).map((layer) => layer.verdict)];
    return `<tr><th scope="row">${escaped(printable(action))}</th>${cells.map(cell).join("")}</tr>`;
  });
  const heads = ["action", "verdict", ...layers].map((head) => `<th scope="col">${escaped(head)}</th>`);
  return `<table>
<caption>The verdict on each action, altogether and layer by layer</caption>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function cell(verdict: string): string {
  return `<td class="${verdict}">${verdict === "notApplicable" ? "n/a" : verdict}</td>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
