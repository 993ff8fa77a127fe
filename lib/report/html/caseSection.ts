import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import { nextSteps } from "../nextSteps.js";
import { printable } from "../printable.js";
import { printableLines } from "../printableLines.js";
import type { ReportCase } from "../ReportCase.js";
import { subjectFacts } from "../subjectFacts.js";
import { subjectLine } from "../subjectLine.js";
import { unreadCalls } from "../unreadCalls.js";
import { blockerCards } from "./blockerCards.js";
import { type Markup, markup } from "./markup.js";
import { organizationWay } from "./organizationWay.js";
import { verdictMatrix } from "./verdictMatrix.js";

const words: Readonly<Record<ReportCase["status"], string>> = {
  failed: "✕ failed",
  inconclusive: "? inconclusive",
  passed: "✓ passed",
};

const outcomes: Readonly<Record<Diagnosis["outcome"], string>> = {
  blocked: "The vault cannot be created",
  inconclusive: "It cannot be told for sure",
  allowed: "The vault can be created",
};

/** One case: the answer, what blocks and what to do, then everything that it rests on. */
export function caseSection({ name, status, text, diagnosis, snapshot }: ReportCase, index: number): Markup {
  const id = `case-${index + 1}`;
  const isNamed = name !== subjectLine(diagnosis);
  // A failed expectation says more than its diagnosis does.
  const said = text === null ? [] : printableLines(text);
  return markup`<section id="${id}" data-status="${status}" aria-label="${index + 1}: ${printable(name)}">
<div class="banner ${status}">
<h2><span class="result ${status}">${words[status]}</span> ${outcomes[diagnosis.outcome]}</h2>
<p><strong>${printable(diagnosis.summary)}</strong></p>
${
  isNamed
    ? markup`<p>${printable(name)}</p>
`
    : null
}${subjectList(diagnosis)}
</div>
${listed("What to do", nextSteps(diagnosis), ({ who, what, command }) => markup`<li>${printable(`${who}: ${what}`)}${command === undefined ? null : markup`<pre class="command" tabindex="0">${printable(command)}</pre>`}</li>`)}${
  diagnosis.blockers.length === 0 ? null : markup`<h3>What blocks</h3>\n${blockerCards(diagnosis, snapshot)}`
}${listed("Suspects", diagnosis.suspects, ({ layer, reason }) => markup`<li>${layer}: ${printable(reason)}</li>`)}<h3>Verdicts</h3>
${verdictMatrix(diagnosis, id)}${organizationWay(diagnosis, snapshot)}${listed("Assumed", diagnosis.assumptions, (one) => markup`<li>${printable(one)}</li>`)}${listed(
  "Sources that disagree",
  diagnosis.disagreements,
  ({ layer, action, verdicts, note }) =>
    markup`<li>${layer} on ${printable(action)}: ${Object.entries(verdicts)
      .map(([source, verdict]) => `${source} says ${verdict}`)
      .join(", ")}. ${printable(note)}</li>`,
)}${listed("Not read", unreadCalls(diagnosis.evidence), (one) => markup`<li>${printable(one)}</li>`)}${evidence(diagnosis)}${
  said.length === 0
    ? null
    : markup`<details><summary>As text</summary><pre tabindex="0">${said.join("\n")}</pre></details>\n`
}</section>
`;
}

function subjectList(diagnosis: Diagnosis): Markup {
  const facts = subjectFacts(diagnosis).map(([name, text]) => markup`<dt>${name}</dt><dd>${text}</dd>`);
  return facts.length === 0 ? markup`` : markup`<dl class="subject">${facts}</dl>`;
}

function listed<T>(heading: string, items: readonly T[], itemOf: (item: T) => Markup): Markup | null {
  return items.length === 0 ? null : markup`<h3>${heading}</h3>\n<ul>${items.map(itemOf)}</ul>\n`;
}

function evidence({ evidence: calls }: Diagnosis): Markup | null {
  if (calls.length === 0) return null;
  const order = ["refused", "failed", "skipped", "answered"];
  const rows = calls
    .toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status))
    .map(
      ({ call, status, detail }) =>
        markup`<tr><td>${printable(call)}</td><td>${status}</td><td>${printable(detail ?? "")}</td></tr>\n`,
    );
  return markup`<details><summary>Evidence: ${calls.length} calls</summary><div class="scroll"><table><thead><tr><th scope="col">call</th><th scope="col">answer</th><th scope="col">detail</th></tr></thead><tbody>
${rows}</tbody></table></div></details>
`;
}
