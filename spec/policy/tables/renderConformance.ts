import { spaces } from "../../prove/spaces.js";
import type { CaseTable as LayerTable } from "../../verdict/cases/CaseTable.js";
import type { LayerRules } from "../../verdict/cases/LayerRules.js";
import { readLayerRules } from "../../verdict/cases/readLayerRules.js";
import { readTables } from "../../verdict/cases/readTables.js";
import { renderLayerTables } from "../../verdict/cases/renderLayerTables.js";
import type { CaseTable } from "./CaseTable.js";
import { headingAnchor } from "./headingAnchor.js";
import { readCaseTables } from "./readCaseTables.js";
import { renderFacts } from "./renderFacts.js";
import { renderPolicyTables } from "./renderPolicyTables.js";
import { type ProvingTable, renderRules } from "./renderRules.js";

const specs = `${import.meta.dirname}/../..`;

/** The text of docs/conformance.md, from all case tables as they stand in spec/. */
export function renderConformance(): string {
  const policy = readCaseTables();
  const rules = readLayerRules();
  const layers = inOrder(readTables(`${specs}/verdict/tables`), rules);
  const diagnosis = inOrder(readTables(`${specs}/diagnosis/tables`), rules);
  const rows = policy.flatMap((table) => table.rules.flatMap((rule) => rule.rows));
  const assumed = rows.filter(({ assumption }) => assumption !== undefined).length;
  const count = rows.length + casesIn(layers) + casesIn(diagnosis);
  const lines = [
    "# Conformance",
    "",
    "What AWS says about policies and about the layers that decide on creating a backup vault, and the cases that hold this project to it. Every case is written from AWS's documentation, from published captures of live AWS or, where it is marked as an assumption, from what this project decided for itself; never from this project's own answers. `npm test` runs them all.",
    "",
    'This page is generated from the case tables by `npm run conformance`; do not edit it. A source "specification" is a section or rule of [specification.md](specification.md), this project\'s own; a source "aws-behaviour" is a fact of [aws-behaviour.md](aws-behaviour.md), which tells where it is documented, captured or reported.',
    "",
    `${count} cases in ${policy.length + layers.length + diagnosis.length} tables:`,
    "",
    "| the policy language | rules | cases |",
    "| --- | --- | --- |",
    ...policy.map((table) => `| ${link(table)} | ${table.rules.length} | ${rowsIn(table)} |`),
    `| together | | ${rows.length} |`,
    "",
    ...overview("the layers", layers, rules),
    ...overview("the diagnosis", diagnosis, rules),
    ...renderRules([
      ...policy.map((table) => proving("policy", table, rowSources(table), rules)),
      ...layers.map((table) => proving("verdict", table, caseSources(table), rules)),
      ...diagnosis.map((table) => proving("diagnosis", table, caseSources(table), rules)),
    ]),
    ...renderFacts([...policy.flatMap(rowSources), ...[...layers, ...diagnosis].flatMap(caseSources)]),
    ...provedWhole(),
    "# The policy language",
    "",
    `A condition case counts once and is run twice: on an Allow and on a Deny. Not every capture tried both, nor both an operator and its negation: what it left out is taken to be the opposite of what it saw. ${assumed} cases rest on an assumption of their own, told beside them, besides those under a rule that is itself an assumption.`,
    "",
    ...renderPolicyTables(policy),
    "# The layers",
    "",
    "Each case is a whole snapshot, and what its diagnosis must say.",
    "",
    ...renderLayerTables("spec/verdict/tables", layers, rules),
    "# The diagnosis",
    "",
    "How the layers' verdicts and the other sources come together.",
    "",
    ...renderLayerTables("spec/diagnosis/tables", diagnosis, rules),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** As rules.json tells them, what it does not tell last. */
function inOrder(tables: LayerTable[], { tables: known }: LayerRules): LayerTable[] {
  const order = Object.keys(known);
  const place = ({ table }: LayerTable) => (order.includes(table) ? order.indexOf(table) : order.length);
  return tables.toSorted((one, other) => place(one) - place(other));
}

/** What is compared with the oracle over all of a finite space, and needs no cases. */
function provedWhole(): string[] {
  const total = spaces.reduce((sum, { size }) => sum + size, 0);
  return [
    "# Proved whole",
    "",
    "How the layers come together (rules 1 to 7 and 12) is finite. `npm run prove` compares it with the oracle's own combination in every situation of these spaces, and every test run in a fixed slice of each; combinations that cannot be are passed over.",
    "",
    "| space | combinations |",
    "| --- | --- |",
    ...spaces.map(({ name, size }) => `| ${name} | ${size} |`),
    `| together | ${total} |`,
    "",
    "A run of the whole on 2026-11-27: 5,927,350 situations that can be, no difference; of 4,000 random snapshots 6,504 unknown verdicts, none without an allowed and a refused completion of what was not read.",
    "",
    "Wildcards (section 4.6): in every test run, each of the 5461 patterns of up to six characters over `a`, `b`, `*` and `?` against each of the 1093 texts of up to six over `a`, `b` and `*`, by a naive matcher.",
    "",
  ];
}

/** A table as the rules that it proves see it. */
function proving(
  folder: string,
  { table, title }: { table: string; title: string },
  sources: string[],
  { about }: LayerRules,
): ProvingTable {
  return {
    file: `spec/${folder}/tables/${table}.json`,
    title,
    anchor: headingAnchor(title),
    sources,
    about: about[`${folder}/${table}`] ?? [],
  };
}

const rowSources = ({ rules }: CaseTable) => rules.flatMap(({ rows }) => rows.map(({ source }) => source));
const caseSources = ({ cases }: LayerTable) => cases.map(({ source }) => source);

function overview(what: string, tables: readonly LayerTable[], { tables: known }: LayerRules): string[] {
  const row = (table: LayerTable) => {
    const sources = new Set(table.cases.map(({ source }) => source));
    return `| ${link(table)} | ${sources.size} | ${known[table.table]?.undocumented.length ?? 0} | ${table.cases.length} |`;
  };
  return [
    `| ${what} | sources | not documented | cases |`,
    "| --- | --- | --- | --- |",
    ...tables.map(row),
    `| together | | | ${casesIn(tables)} |`,
    "",
  ];
}

function casesIn(tables: readonly LayerTable[]): number {
  return tables.reduce((sum, { cases }) => sum + cases.length, 0);
}

function rowsIn({ rules }: CaseTable): number {
  return rules.reduce((sum, { rows }) => sum + rows.length, 0);
}

function link({ title }: { title: string }): string {
  return `[${title}](#${headingAnchor(title)})`;
}
