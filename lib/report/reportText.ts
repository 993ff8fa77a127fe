import { styleText } from "node:util";
import type { Blocker, Diagnosis, Fix, Suspect } from "../diagnosis/Diagnosis.js";
import { inertJson, inertJsonText } from "./inertJson.js";
import { nextSteps } from "./nextSteps.js";
import { ownerNames } from "./ownerNames.js";
import { printable } from "./printable.js";
import { printableLines } from "./printableLines.js";
import { simulatorLine } from "./simulatorLine.js";
import { subjectLine } from "./subjectLine.js";
import { unreadCalls } from "./unreadCalls.js";
import { kept, wrapped } from "./wrapped.js";

/** How a text report is written. */
export interface ReportTextOptions {
  /** With ANSI colours; false by default. */
  color?: boolean;
  /** Columns at which lines are wrapped between words; not wrapped by default. */
  width?: number;
}

type Style = Parameters<typeof styleText>[0];

const outcomeStyles: Readonly<Record<Diagnosis["outcome"], Style>> = {
  blocked: "red",
  inconclusive: "yellow",
  allowed: "green",
};

/**
 * A diagnosis for a person: who, what and where first, then a sentence that says why, then each blocker with its policy,
 * statement and fix, what to do next, what is suspected, the seven actions, what was assumed and what could not be read. Whatever is printed may be hostile: control
 * characters of names and messages are taken out.
 *
 * @example
 * process.stdout.write(reportText(diagnose(snapshot)));
 */
export function reportText(diagnosis: Diagnosis, { color = false, width }: ReportTextOptions = {}): string {
  // Whether colours fit is the caller's to say: what the process writes to is not looked at here.
  const style = (format: Style, text: string) => (color ? styleText(format, text, { validateStream: false }) : text);
  const heading = (text: string) => style("bold", text);
  const subject = subjectLine(diagnosis);
  const omitted = diagnosis.omittedBlockers ?? 0;
  const sections = [
    subject === "" ? [] : [subject],
    [
      ...answer(diagnosis).map((line) => style("bold", printable(line))),
      "",
      field("outcome", style(outcomeStyles[diagnosis.outcome], diagnosis.outcome)),
      ...(diagnosis.blockingLayer === null ? [] : [field("layer", diagnosis.blockingLayer)]),
    ],
    ...diagnosis.blockers.map((blocker, index) => blockerLines(diagnosis, blocker, index, heading)),
    omitted === 0 ? [] : [`${omitted} more ${omitted === 1 ? "blocker is" : "blockers are"} not shown.`],
    nextSection(diagnosis, heading),
    listSection(
      heading("Suspects"),
      diagnosis.suspects.map((suspect) => `${suspect.layer}: ${suspect.reason}${undecided(suspect)}`),
    ),
    [
      heading("Actions"),
      ...diagnosis.actions.map(({ action, verdict }) => `  ${verdict.padEnd(12)}  ${printable(action)}`),
    ],
    listSection(heading("Assumed"), diagnosis.assumptions),
    listSection(
      heading("Sources that disagree"),
      diagnosis.disagreements.map(({ layer, action, verdicts, note }) => {
        const said = Object.entries(verdicts).map(([source, verdict]) => `${source} says ${verdict}`);
        return `${layer} on ${action}: ${said.join(", ")}. ${note}`;
      }),
    ),
    listSection(heading("Not read"), unreadCalls(diagnosis.evidence)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => wrapped(line, width ?? null)).join("\n"))
    .join("\n\n")}\n`;
}

/** The summary: of several blockers a line for each, so that nobody has to read a paragraph. */
function answer({ summary, blockers }: Diagnosis): string[] {
  const lines: string[] = [];
  let rest = summary;
  for (const { reason, certainty } of blockers.length > 1 ? blockers : []) {
    const told = certainty === "probable" ? `Probably: ${reason}` : reason;
    const at = rest.indexOf(told);
    if (at < 0) continue;
    lines.push(rest.slice(0, at), told);
    rest = rest.slice(at + told.length);
  }
  return [...lines, rest].map((line) => line.trim()).filter((line) => line !== "");
}

function field(name: string, text: string): string {
  return `  ${name.padEnd(10)} ${text}`;
}

function listSection(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  - ${printable(line)}`)];
}

/** What to do next, the command on a line of its own, to be pasted. */
function nextSection(diagnosis: Diagnosis, heading: (text: string) => string): string[] {
  const steps = nextSteps(diagnosis).flatMap(({ who, what, command, fix }) => [
    // The fix itself stands under its blocker.
    `  - ${printable(`${who}: ${fix === undefined ? what : `make fix ${fix}.`}`)}`,
    ...(command === undefined ? [] : [kept(`      ${printable(command)}`)]),
  ]);
  return [heading("Next"), ...steps];
}

/** The statements that hang on what is not known, where there are some. */
function undecided({ statements }: Suspect): string {
  const named = statements.map(
    ({ policy, sid, index, target }) =>
      `${policy}${target === null ? "" : ` at ${target}`}, ${sid ?? "without Sid"} (index ${index})`,
  );
  return named.length === 0 ? "" : ` Undecided: ${named.join("; ")}.`;
}

function blockerLines(
  { fixes, summary }: Diagnosis,
  blocker: Blocker,
  index: number,
  heading: (text: string) => string,
): string[] {
  const { layer, effect, certainty, policy, statement, target, actions, reason } = blocker;
  const named =
    policy === null ? null : [policy.name, policy.arn, policy.attachedTo].filter((part) => part !== undefined);
  return [
    heading(`Blocker ${index + 1}: ${layer} (${effect}, ${certainty})`),
    // What the summary has said is not said again.
    ...(summary.includes(reason) ? [] : [field("why", printable(reason))]),
    ...(named === null ? [] : [field("policy", printable(named.join("  ")))]),
    ...(statement === null
      ? []
      : [field("statement", printable(`${statement.sid ?? "without Sid"}  (index ${statement.index})`))]),
    ...(target === null ? [] : [field("target", printable(target))]),
    field("actions", printable(actions.join(", "))),
    ...fixes.flatMap((fix, at) => (fix.blocker === index ? fixLines(fix, at + 1) : [])),
  ];
}

/** With the number by which `--fix` asks for it. */
function fixLines(fix: Fix, number: number): string[] {
  const { title, owner, change, statement, verified, note, simulated, widens = [], further = [] } = fix;
  const shown = (text: string) => printableLines(text).map((line) => kept(`             ${line}`));
  const proof = verified ? "proven by diagnosing again" : "not proven";
  const kind = [ownerNames[owner], ...(change === "other" ? [] : [change]), proof].join("; ");
  return [
    field(`fix ${number}`, printable(`${title} (${kind})`)),
    ...(note === undefined ? [] : [field("", printable(note))]),
    ...(simulated === undefined ? [] : [field("", printable(simulatorLine(simulated)))]),
    ...widens.map((one) => field("", printable(`also allows: ${one}`))),
    ...(statement === null ? [] : shown(inertJson(statement, 2))),
    ...further.flatMap(({ policy, target, document }) => [
      field("", printable(`The service control policy "${policy}" at ${target}, whole:`)),
      ...shown(inertJsonText(document.after)),
    ]),
  ];
}
