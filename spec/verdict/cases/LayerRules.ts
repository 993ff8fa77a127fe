/** What the tables of the layers and of the diagnosis prove (spec/verdict/rules.json). */
export interface LayerRules {
  /** The project's own rules, by section of its specification. */
  own: Record<string, string>;
  tables: Record<string, TableRules>;
}

export interface TableRules {
  /** AWS's rules in one sentence each, by the source that the cases name. */
  rules: Record<string, string>;
  /** What AWS does not document, and what is made of it. */
  undocumented: string[];
}
