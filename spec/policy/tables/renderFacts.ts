import { readFileSync } from "node:fs";

const page = `${import.meta.dirname}/../../../docs/aws-behaviour.md`;

/** The facts of docs/aws-behaviour.md that cases cite by name, in the page's order. */
export function renderFacts(sources: readonly string[]): string[] {
  const facts = [...readFileSync(page, "utf8").matchAll(/^- <a id="([\w-]+)"><\/a>\*\*[\w-]+\*\* \(([a-z ]+)\)/gm)];
  const rows = facts.flatMap(([, id, sure]) => {
    const count = sources.filter((source) => source === `aws-behaviour, ${id}`).length;
    return count > 0 ? [`| [${id}](aws-behaviour.md#${id}) | ${sure} | ${count} |`] : [];
  });
  return [
    "# Facts and their cases",
    "",
    `Of the ${facts.length} facts of [aws-behaviour.md](aws-behaviour.md), these are the source of cases; other cases name AWS's own page instead.`,
    "",
    "| fact | how sure | cases |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ];
}
