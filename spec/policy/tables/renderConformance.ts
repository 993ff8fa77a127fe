import type { CaseTable } from "./CaseTable.js";

/** The text of docs/conformance.md: every rule with its source, its proving cases and what of it is assumed. */
export function renderConformance(tables: CaseTable[]): string {
  const count = (table: CaseTable) => table.rules.reduce((sum, { rows }) => sum + rows.length, 0);
  const rows = tables.flatMap(({ rules }) => rules.flatMap((rule) => rule.rows));
  const lines = [
    "# Conformance of the policy language",
    "",
    "What AWS says about policies, and the cases that hold this project to it. Every case is written from AWS's documentation, from published captures of live AWS or, where it is marked as an assumption, from what this project decided for itself; never from this project's own answers. `npm test` runs them all. A condition case counts once and is run twice: on an Allow and on a Deny. Not every capture tried both, nor both an operator and its negation: what it left out is taken to be the opposite of what it saw.",
    "",
    "This page is generated from `spec/policy/tables` by `npx tsx scripts/conformance.ts`; do not edit it.",
    "",
    `${rows.length} cases; ${rows.filter(({ assumption }) => assumption !== undefined).length} of them rest on an assumption of their own, told beside them, besides those under a rule that is itself an assumption.`,
    "",
    "| table | rules | cases |",
    "| --- | --- | --- |",
    ...tables.map((table) => `| [${table.title}](#${anchor(table.title)}) | ${table.rules.length} | ${count(table)} |`),
    "",
  ];
  for (const { title, table, rules } of tables) {
    lines.push(`## ${title}`, "", `\`spec/policy/tables/${table}.json\``, "");
    for (const { rule, documented, assumption, rows: cases } of rules) {
      lines.push(`### ${escapeMarkdown(rule)}`, "", `Source: ${escapeMarkdown(documented)}`, "");
      if (assumption !== undefined) lines.push(`Assumption: ${escapeMarkdown(assumption)}`, "");
      lines.push("<details>", `<summary>${cases.length} ${cases.length === 1 ? "case" : "cases"}</summary>`, "");
      for (const row of cases) {
        const notes = [
          ...(row.source === documented ? [] : [`source: ${row.source}`]),
          ...(row.assumption === undefined ? [] : [`assumption: ${row.assumption}`]),
        ];
        lines.push(`- \`${row.name}\`${notes.length > 0 ? ` (${escapeMarkdown(notes.join("; "))})` : ""}`);
      }
      lines.push("", "</details>", "");
    }
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** The anchor that GitHub gives a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[*_<>[\]$]/g, (character) => `\\${character}`);
}
