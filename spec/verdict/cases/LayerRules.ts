/** What the tables of the layers and of the diagnosis prove (spec/verdict/rules.json). */
export interface LayerRules {
  /** The project's own rules, by section of the specification. */
  own: Record<string, string>;
  tables: Record<string, TableRules>;
  /** By "FOLDER/TABLE" of spec/: the sections and rules that its cases prove where they name AWS's own pages as source. */
  about: Record<string, string[]>;
}

export interface TableRules {
  /** AWS's rules in one sentence each, by the source that the cases name. */
  rules: Record<string, string>;
  /** What AWS does not document, and what is made of it. */
  undocumented: string[];
}
