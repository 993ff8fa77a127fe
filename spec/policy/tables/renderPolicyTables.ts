import type { CaseTable } from "./CaseTable.js";
import { caseList } from "./caseList.js";
import { escapeMarkdown } from "./escapeMarkdown.js";

/** The chapters of the policy language: every rule with its source, its proving cases and what of it is assumed. */
export function renderPolicyTables(tables: readonly CaseTable[]): string[] {
  const lines: string[] = [];
  for (const { title, table, rules } of tables) {
    lines.push(`## ${title}`, "", `\`spec/policy/tables/${table}.json\``, "");
    for (const { rule, documented, assumption, rows } of rules) {
      lines.push(`### ${escapeMarkdown(rule)}`, "", `Source: ${escapeMarkdown(documented)}`, "");
      if (assumption !== undefined) lines.push(`Assumption: ${escapeMarkdown(assumption)}`, "");
      const cases = rows.map((row) => {
        const notes = [
          ...(row.source === documented ? [] : [`source: ${row.source}`]),
          ...(row.assumption === undefined ? [] : [`assumption: ${row.assumption}`]),
        ];
        return `\`${row.name}\`${notes.length > 0 ? ` (${escapeMarkdown(notes.join("; "))})` : ""}`;
      });
      lines.push(...caseList("", cases));
    }
  }
  return lines;
}
