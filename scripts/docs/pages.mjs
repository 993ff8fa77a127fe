import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What stands in the menu, in this order; a page of no group is found by links and by the search. */
export const groups = ["Start", "Guides", "Reference", "API", "Decisions", "Working on it"];

const reference = ["specification", "aws-behaviour", "conformance", "permissions", "fixes", "worlds", "words"];
const working = ["path", "mutation"];

/** The repository's own Markdown: where it stands, where it goes, and under which heading of the menu. */
export function pagesOfRepository(root) {
  const page = (source, target, group) => ({ source, target, group, text: readFileSync(join(root, source), "utf8") });
  const named = (folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => name.slice(0, -".md".length));
  return [
    page("README.md", "index.html", "Start"),
    ...named("docs").map((name) =>
      page(
        `docs/${name}.md`,
        `${name}.html`,
        reference.includes(name) ? "Reference" : working.includes(name) ? "Working on it" : "Guides",
      ),
    ),
    ...readdirSync(join(root, "skills")).map((name) => page(`skills/${name}/SKILL.md`, `skill-${name}.html`, "Guides")),
    ...named("docs/decisions").map((name) =>
      page(
        `docs/decisions/${name}.md`,
        name === "README" ? "decisions/index.html" : `decisions/${name}.html`,
        name === "README" ? "Decisions" : null,
      ),
    ),
    ...named("docs/releases").map((name) => page(`docs/releases/${name}.md`, `releases/${name}.html`, "Start")),
    page("CHANGELOG.md", "changelog.html", "Start"),
    page("CONTRIBUTING.md", "contributing.html", "Working on it"),
    page("SECURITY.md", "security.html", "Working on it"),
  ];
}
