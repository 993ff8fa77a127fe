import { caseList } from "../../policy/tables/caseList.js";
import { escapeMarkdown } from "../../policy/tables/escapeMarkdown.js";
import type { CaseTable, DiagnosisCase } from "./CaseTable.js";
import type { LayerRules } from "./LayerRules.js";

const isOwn = (source: string) => source.startsWith("specification, ");
const isCapture = (source: string) => source.startsWith("aws-behaviour, ");

/** The chapters of the layers and of the diagnosis: AWS's rules first, then captures, then what is the project's own. */
export function renderLayerTables(folder: string, tables: readonly CaseTable[], { own, tables: known }: LayerRules) {
  return tables.flatMap(({ title, table, cases }) => {
    const { rules = {}, undocumented = [] } = known[table] ?? {};
    const of = (fits: (source: string) => boolean) => cases.filter(({ source }) => fits(source));
    const ruled = Object.entries(rules).flatMap(([source, rule]) => [
      `### ${escapeMarkdown(rule)}`,
      "",
      `Source: ${escapeMarkdown(source)}`,
      "",
      ...caseList(
        "",
        of((one) => one === source).map(({ name }) => escapeMarkdown(name)),
      ),
    ]);
    const others = of((source) => !Object.hasOwn(rules, source) && !isOwn(source) && !isCapture(source));
    const captures = of((source) => !Object.hasOwn(rules, source) && isCapture(source));
    const sections = [...new Set(of(isOwn).map(({ source }) => source))].sort((one, other) =>
      one.localeCompare(other, "en", { numeric: true }),
    );
    return [
      `## ${title}`,
      "",
      `\`${folder}/${table}.json\``,
      "",
      ...ruled,
      ...(others.length > 0 ? ["### More that AWS documents", "", ...caseList("", others.map(withSource))] : []),
      ...(captures.length > 0 ? ["### As captured or reported", "", ...caseList("", captures.map(withSource))] : []),
      ...(sections.length > 0 ? ["### This project's own rules", ""] : []),
      ...sections.flatMap((section) =>
        caseList(
          `${section}, ${ruleOf(own, section)}`,
          of((source) => source === section).map(({ name }) => escapeMarkdown(name)),
        ),
      ),
      ...(undocumented.length > 0
        ? ["### What AWS does not document", "", ...undocumented.map((text) => `- ${escapeMarkdown(text)}`), ""]
        : []),
    ];
  });
}

/** The section's own rule, or that of the section it is part of. */
function ruleOf(own: LayerRules["own"], section: string): string {
  const rule = own[section] ?? own[section.replace(/\.\d+$/, "")] ?? "";
  return rule.replace(/\.$/, "");
}

function withSource({ name, source }: DiagnosisCase): string {
  return escapeMarkdown(`${name} (${source})`);
}
