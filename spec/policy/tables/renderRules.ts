import { readdirSync, readFileSync } from "node:fs";
import { citedRules, readSpecification } from "./readSpecification.js";

/** A table of cases, as far as it matters which rules they prove. */
export interface ProvingTable {
  file: string;
  title: string;
  anchor: string;
  sources: string[];
  /** The rules that its cases are about where they name AWS's own pages as their source. */
  about: readonly string[];
}

const specs = `${import.meta.dirname}/../..`;

/**
 * Both ways: every rule of the specification with the cases that prove it, every table with its rules.
 *
 * @throws Error where a rule has no case, or a table no rule
 */
export function renderRules(tables: readonly ProvingTable[]): string[] {
  const proofs = tables.map((table) => ({ table, counts: countsOf(table) }));
  const files = specFiles();
  const rules = readSpecification().map(({ name, title }) => {
    const proving = proofs.filter(({ counts }) => counts.has(name));
    const tests = files.filter(({ cited }) => cited.has(name)).map(({ file }) => `\`${file}\``);
    return {
      name,
      title,
      count: proving.reduce((sum, { counts }) => sum + (counts.get(name) ?? 0), 0),
      by: [...proving.map(({ table, counts }) => `${link(table)} ${counts.get(name)}`), ...tests],
    };
  });
  const faults = [
    ...rules.filter(({ by }) => by.length === 0).map(({ name }) => `no case and no spec proves ${name}`),
    ...proofs
      .filter(({ counts }) => counts.size === 0)
      .map(({ table }) => `${table.file} proves no rule: name them under "about" in spec/verdict/rules.json`),
  ];
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return [
    "# Rules and their cases",
    "",
    "Every section and rule of the [specification](specification.md), with how many cases prove it, table by table: those that name it as their source, and those that name AWS's own pages and stand in a table about it. Spec files that prove a rule in code are listed behind the tables.",
    "",
    "| rule | cases | proved by |",
    "| --- | --- | --- |",
    ...rules.map(({ name, title, count, by }) => {
      const anchor = name.replace(" ", "-");
      return `| [${name}](specification.md#${anchor}): ${title} | ${count} | ${by.join(", ")} |`;
    }),
    "",
    "# Tables and their rules",
    "",
    "| table | file | rules |",
    "| --- | --- | --- |",
    ...proofs.map(({ table, counts }) => {
      const names = rules.filter(({ name }) => counts.has(name)).map(({ name }) => `${name} (${counts.get(name)})`);
      return `| ${link(table)} | \`${table.file}\` | ${names.join(", ")} |`;
    }),
    "",
  ];
}

function countsOf({ sources, about }: ProvingTable): Map<string, number> {
  const counts = new Map<string, number>();
  for (const source of sources) {
    const cited = citedRules(source);
    for (const name of cited.size > 0 ? cited : about) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function specFiles(): { file: string; cited: ReadonlySet<string> }[] {
  return readdirSync(specs, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(spec|journey)\.ts$/.test(name))
    .sort()
    .map((name) => ({ file: `spec/${name}`, cited: citedRules(readFileSync(`${specs}/${name}`, "utf8")) }));
}

function link({ title, anchor }: ProvingTable): string {
  return `[${title}](#${anchor})`;
}
