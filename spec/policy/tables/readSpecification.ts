import { readFileSync } from "node:fs";

/** A section or rule of docs/specification.md that cases can prove. */
export interface SpecifiedRule {
  /** As "section 4.6" or "rule 10". */
  name: string;
  title: string;
}

/** Every section and rule in the page's order, but for sections that are only made of others. */
export function readSpecification(): SpecifiedRule[] {
  const text = readFileSync(new URL("../../../docs/specification.md", import.meta.url), "utf8");
  const headings = [...text.matchAll(/^##+ <a id="(section|rule)-([\d.]+)"><\/a>(?:Rule )?[\d.]+ (.+)$/gm)];
  const all = headings.map(([, kind, number, title]) => ({ name: `${kind} ${number}`, title: title ?? "" }));
  return all.filter(({ name }) => !all.some((other) => other.name.startsWith(`${name}.`)));
}

/** The sections and rules that a text cites, as "specification, sections 4.1 and 4.2" or "specification, rule 9". */
export function citedRules(text: string): Set<string> {
  const cited = new Set<string>();
  const citations = /\b[Ss]pecification(?:'s|,)((?:,? (?:and )?(?:(?:section|rule)s? )?\d[\d.]*)+)/g;
  for (const [, list = ""] of text.replaceAll(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, " ").matchAll(citations)) {
    let kind = "section";
    for (const [, named, number = ""] of list.matchAll(/(?:(section|rule)s? )?(\d[\d.]*)/g)) {
      kind = named ?? kind;
      cited.add(`${kind} ${number.replace(/\.$/, "")}`);
    }
  }
  return cited;
}
