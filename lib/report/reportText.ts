import { styleText } from "node:util";
import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { printable } from "./printable.js";
import { unreadCalls } from "./unreadCalls.js";

/** How a text report is written. */
export interface ReportTextOptions {
  /** With ANSI colours; false by default. */
  color?: boolean;
}

type Style = Parameters<typeof styleText>[0];

const outcomeStyles: Readonly<Record<Diagnosis["outcome"], Style>> = {
  blocked: "red",
  inconclusive: "yellow",
  allowed: "green",
};

const owners: Readonly<Record<Fix["owner"], string>> = {
  account: "the account's administrator",
  organization: "the organization's administrator",
  "key-owner": "the key's owner",
};

/**
 * A diagnosis for a person: the first sentence says why, then each blocker with its policy, statement and fix, what is
 * suspected, the seven actions, what was assumed and what could not be read. Whatever is printed may be hostile: control
 * characters of names and messages are taken out.
 *
 * @example
 * process.stdout.write(reportText(diagnose(snapshot)));
 */
export function reportText(diagnosis: Diagnosis, { color = false }: ReportTextOptions = {}): string {
  // Whether colours fit is the caller's to say: what the process writes to is not looked at here.
  const style = (format: Style, text: string) => (color ? styleText(format, text, { validateStream: false }) : text);
  const heading = (text: string) => style("bold", text);
  const sections = [
    [
      style("bold", printable(diagnosis.summary)),
      "",
      field("outcome", style(outcomeStyles[diagnosis.outcome], diagnosis.outcome)),
      ...(diagnosis.blockingLayer === null ? [] : [field("layer", diagnosis.blockingLayer)]),
    ],
    ...diagnosis.blockers.map((blocker, index) => blockerLines(diagnosis, blocker, index, heading)),
    listSection(
      heading("Suspects"),
      diagnosis.suspects.map(({ layer, reason }) => `${layer}: ${reason}`),
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
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function field(name: string, text: string): string {
  return `  ${name.padEnd(10)} ${text}`;
}

function listSection(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  - ${printable(line)}`)];
}

function blockerLines(
  diagnosis: Diagnosis,
  blocker: Blocker,
  index: number,
  heading: (text: string) => string,
): string[] {
  const { layer, effect, certainty, policy, statement, target, actions, reason } = blocker;
  const fix = diagnosis.fixes.length === diagnosis.blockers.length ? diagnosis.fixes[index] : undefined;
  const named =
    policy === null ? null : [policy.name, policy.arn, policy.attachedTo].filter((part) => part !== undefined);
  return [
    heading(`Blocker ${index + 1}: ${layer} (${effect}, ${certainty})`),
    // The summary has said it where there is nothing else to say.
    ...(diagnosis.blockers.length === 1 && certainty === "confirmed" ? [] : [field("why", printable(reason))]),
    ...(named === null ? [] : [field("policy", printable(named.join("  ")))]),
    ...(statement === null
      ? []
      : [field("statement", printable(`${statement.sid ?? "without Sid"}  (index ${statement.index})`))]),
    ...(target === null ? [] : [field("target", printable(target))]),
    field("actions", printable(actions.join(", "))),
    ...(fix === undefined ? [] : fixLines(fix)),
  ];
}

function fixLines({ title, owner, change, statement, verified, note }: Fix): string[] {
  const proof = verified ? "proven by diagnosing again" : "not proven";
  return [
    field("fix", printable(`${title} (${owners[owner]}; ${change}; ${proof})`)),
    ...(note === undefined ? [] : [field("", printable(note))]),
    ...(statement === null
      ? []
      : JSON.stringify(statement, null, 2)
          .split("\n")
          .map((line) => `             ${line.match(/^ */)?.[0] ?? ""}${printable(line)}`)),
  ];
}
