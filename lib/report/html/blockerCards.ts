import type { Blocker, Diagnosis, Fix } from "../../diagnosis/Diagnosis.js";
import type { Snapshot } from "../../snapshot/Snapshot.js";
import { ownerNames } from "../ownerNames.js";
import { printable } from "../printable.js";
import { reportFix } from "../reportFix.js";
import { simulatorLine } from "../simulatorLine.js";
import { fixDetails } from "./fixDetails.js";
import { type Markup, markup } from "./markup.js";
import { policyText } from "./policyText.js";

/** Each blocker with its statement marked in the policy's text, and its fixes to copy, in every form. */
export function blockerCards(diagnosis: Diagnosis, snapshot: Snapshot | undefined): Markup[] {
  const omitted = diagnosis.omittedBlockers ?? 0;
  return [
    ...diagnosis.blockers.map((blocker, index) => card(diagnosis, blocker, index, snapshot)),
    ...(omitted === 0
      ? []
      : [markup`<p>${omitted} more ${omitted === 1 ? "blocker is" : "blockers are"} not shown.</p>`]),
  ];
}

/** More texts than these make a page slow; the fixes' diffs stay. */
const mostTexts = 20;

function card(diagnosis: Diagnosis, blocker: Blocker, index: number, snapshot: Snapshot | undefined): Markup {
  const { layer, effect, certainty, policy, statement, target, actions, reason } = blocker;
  const facts: [string, string | null][] = [
    ["policy", policy === null ? null : [policy.name, policy.arn, policy.attachedTo].filter(Boolean).join("  ")],
    ["statement", statement === null ? null : `${statement.sid ?? "without Sid"} (index ${statement.index})`],
    ["target", target],
    ["actions", actions.join(", ")],
  ];
  const text = index < mostTexts ? policyText(diagnosis, index, snapshot) : null;
  return markup`<article>
<h4>${index + 1}. ${layer}: ${effect === "explicitDeny" ? "denies explicitly" : "does not allow"} <span class="kind">(${certainty})</span></h4>
<p>${printable(reason)}</p>
<dl class="subject">${facts.map(([name, value]) => (value === null ? null : markup`<dt>${name}</dt><dd>${printable(value)}</dd>`))}</dl>
${text === null ? null : markup`<details${index === 0 && statement !== null ? markup` open` : null}><summary>The policy's text</summary>${text}</details>`}
${diagnosis.fixes.map((fix, at) => (fix.blocker === index ? fixPart(diagnosis, fix, at + 1, index < mostTexts) : null))}</article>
`;
}

function fixPart(diagnosis: Diagnosis, fix: Fix, number: number, isInFull: boolean): Markup {
  const { title, owner, verified, note, simulated, widens = [], document } = fix;
  return markup`<div class="fix"><p><strong>Fix ${number}: ${printable(title)}</strong> <span class="kind">(for ${ownerNames[owner]}; <span class="${verified ? "allowed" : "unknown"}">${verified ? "proven by diagnosing again" : "not proven"}</span>)</span></p>
${note === undefined ? null : markup`<p>${printable(note)}</p>`}${simulated === undefined ? null : markup`<p>${printable(simulatorLine(simulated))}</p>`}${
  widens.length === 0
    ? null
    : markup`<p>It also allows:</p><ul>${widens.map((one) => markup`<li>${printable(one)}</li>`)}</ul>`
}${document === undefined ? null : markup`<pre class="command" tabindex="0">${diffLines(reportFix(diagnosis, number, "diff"))}</pre>`}${isInFull ? fixDetails(diagnosis, number) : null}</div>
`;
}

function diffLines(diff: string): Markup[] {
  return diff
    .trimEnd()
    .split("\n")
    .map((line) => {
      if (/^\+(?!\+\+ )/.test(line)) return markup`<ins>${line}</ins>\n`;
      return /^-(?!-- )/.test(line) ? markup`<del>${line}</del>\n` : markup`${line}\n`;
    });
}
