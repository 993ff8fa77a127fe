const open = "## Unreleased\n";

/** The changelog with what is unreleased as a version's, and nothing unreleased. */
export function released(changelog, version, date) {
  if (changelog.includes(`\n## ${version} `)) throw new Error(`CHANGELOG.md: ${version} is there already`);
  const [before, after] = changelog.split(open);
  if (after === undefined) throw new Error("CHANGELOG.md: expected a section Unreleased");
  if (after.split(/^## /m, 1).join().trim() === "") throw new Error("CHANGELOG.md: nothing is unreleased");
  if (/^### Specified, and not built yet$/m.test(after)) {
    throw new Error("CHANGELOG.md: what is not built yet does not belong into a release; build it, or specify less");
  }
  return `${before}${open}\n## ${version} - ${date}\n${after}`;
}

/** What the changelog says of a version. */
export function notesOf(changelog, version) {
  const section = changelog.split(/^(?=## )/m).find((part) => part.startsWith(`## ${version} `));
  if (section === undefined) throw new Error(`CHANGELOG.md: there is no ${version}`);
  return `${section.split("\n").slice(1).join("\n").trim()}\n`;
}
