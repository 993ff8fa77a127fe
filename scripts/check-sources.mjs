// Every source leads somewhere: fails where a case, a comment or a page cites a section, rule or fact that the two
// binding pages do not have, where a public source is no URL that anybody could open, and where the text that these pages
// took the place of is cited still.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file) => readFileSync(join(root, file), "utf8");
const faults = [];

const specification = read("docs/specification.md");
const cited = {
  section: headings(/^##+ <a id="section-[\d.]+"><\/a>([\d.]+?)\.? /gm),
  rule: headings(/^#### <a id="rule-\d+"><\/a>Rule (\d+)\. /gm),
};
const behaviour = read("docs/aws-behaviour.md");
const facts = checkFacts();

const files = ["lib", "spec", "scripts", "docs", "examples", ".ci"]
  .flatMap((folder) => filesIn(folder))
  .concat(readdirSync(root).filter((name) => name.endsWith(".md")))
  .filter((file) => /\.(ts|mjs|md|json|sh)$/.test(file) && file !== "scripts/check-sources.mjs");
// These hold words of AWS's own.
const isVocabulary = (file) => file.startsWith("lib/facts/vocabulary/");
for (const file of files) checkFile(file);

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(
  `${files.length} files cite ${cited.section.size} sections, ${cited.rule.size} rules and ${facts.size} facts; each is there`,
);

function headings(form) {
  return new Set([...specification.matchAll(form)].map(([, number]) => number));
}

/** Every file of a folder but other people's documents and the programs that were installed. */
function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name}`)
    .filter((file) => !/\/(data|node_modules)\//.test(file) && !file.startsWith("docs/api/"));
}

function checkFile(file) {
  const text = read(file);
  // A comment that goes on in the next line is one text.
  const flat = text.replaceAll(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, " ");
  const citations = /\b[Ss]pecification(?:'s|,)((?:,? (?:and )?(?:(?:section|rule)s? )?\d[\d.]*)+)/g;
  for (const [what, list] of flat.matchAll(citations)) {
    let kind = "section";
    for (const [, named, number] of list.matchAll(/(?:(section|rule)s? )?(\d[\d.]*)/g)) {
      kind = named ?? kind;
      const name = number.replace(/\.$/, "");
      if (!cited[kind].has(name)) faults.push(`${file}: "${what}": docs/specification.md has no ${kind} ${name}`);
    }
  }
  for (const [, list] of flat.matchAll(/\baws-behaviour, ([a-z][\w-]*(?:(?:, | and )[a-z]+-[\w-]+)*)/g)) {
    for (const id of list.split(/, | and /)) {
      if (!facts.has(id)) faults.push(`${file}: "aws-behaviour, ${id}": docs/aws-behaviour.md has no fact of this id`);
    }
  }
  const bygone = isVocabulary(file) ? [] : flat.matchAll(/\bcontract(?:'s)?\b[^.]{0,40}|\[R ?\d[\d., ]*\]/gi);
  for (const [word] of bygone) {
    faults.push(`${file}: "${word}": cite "specification, section N", "specification, rule N" or "aws-behaviour, ID"`);
  }
  for (const [url] of flat.matchAll(/\bhttps?:\/\/[^\s"'`<>|]+/g)) checkUrl(file, url);
  if (file.endsWith(".md")) checkLinks(file, text);
  if (file.endsWith(".json") && file.startsWith("spec/")) checkSources(file, JSON.parse(text));
}

/** What a case, or a rule of several cases, names as its source. */
function checkSources(file, value) {
  if (Array.isArray(value)) {
    for (const item of value) checkSources(file, item);
  } else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      if ((key === "source" || key === "documented") && typeof item === "string") checkSource(file, item);
      else checkSources(file, item);
    }
  }
}

function checkSource(file, source) {
  if (/^specification, (section|rule)s? [\d., and]+$/.test(source)) return;
  if (/^aws-behaviour, [a-z][a-z\d-]*$/.test(source)) return;
  if (/^[\w.-]+\/[\w.-]+@[\da-f]{7,40} \S/.test(source)) return; // a file of a public repository at a commit
  if (/^(docs|spec)\/[\w./-]+$/.test(source)) {
    if (!existsSync(join(root, source))) faults.push(`${file}: source "${source}": there is no such file`);
    return;
  }
  const [, , address = ""] = /^(constructed from: )?(https:\/\/\S+)/.exec(source) ?? [];
  if (!URL.canParse(address) || !/^([\w-]+\.)+[a-z]{2,}$/.test(new URL(address).hostname)) {
    faults.push(
      `${file}: source "${source}": expected a section or rule of the specification, a fact of aws-behaviour, an https:// address, OWNER/REPOSITORY@COMMIT PATH, or a file of docs/ or spec/`,
    );
  }
}

function checkUrl(file, url) {
  if (url.includes("$") || file.startsWith("lib/emulator/") || !/^https?:\/\/[\w-]+\.[\w-]/.test(url)) return; // made at run time, or an example's
  const text = url.replace(/[),.;:*\\]+$/, "");
  const isDocumentation = /^https?:\/\/(docs\.aws\.amazon\.com|github\.com|repost\.aws|aws\.amazon\.com)\//.test(text);
  if (!isDocumentation) return;
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed === null || parsed.protocol !== "https:" || parsed.pathname.length < 2 || text.slice(8).includes("//")) {
    faults.push(`${file}: ${text}: no address that anybody could open`);
  }
}

/** Links between pages: the file is there, and so is the heading or the anchor. */
function checkLinks(file, text) {
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
  for (const [, target] of text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
    const [path = "", anchor] = target.split("#");
    const page = path === "" ? file : join(folder, path);
    if (!existsSync(join(root, page))) faults.push(`${file}: link to ${target}: there is no ${page}`);
    else if (anchor !== undefined && page.endsWith(".md") && !anchorsOf(read(page)).has(anchor)) {
      faults.push(`${file}: link to ${target}: ${page} has no such anchor`);
    }
  }
}

function anchorsOf(text) {
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .replaceAll(/<[^>]+>/g, "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...named, ...titles]);
}

/** The facts by id; each tells how sure it is and, unless nobody has said it, where. */
function checkFacts() {
  const page = "docs/aws-behaviour.md";
  const addresses = new Map([...behaviour.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, name, url]) => [name, url]));
  const ids = new Set();
  for (const [line] of behaviour.matchAll(/^- .*$/gm)) {
    const [, id, name, sure, text] =
      /^- <a id="([a-z\d-]+)"><\/a>\*\*([a-z\d-]+)\*\* \(([a-z ]+)\) (.*)$/.exec(line) ?? [];
    if (id === undefined || id !== name) {
      faults.push(`${page}: "${line.slice(0, 60)}": expected - <a id="ID"></a>**ID** (how sure) text`);
      continue;
    }
    if (ids.has(id)) faults.push(`${page}: ${id} stands twice`);
    ids.add(id);
    if (!/^(documented|captured live|community|inferred|unknown)$/.test(sure)) {
      faults.push(`${page}: ${id} is "${sure}": expected documented, captured live, community, inferred or unknown`);
    }
    const used = [...text.matchAll(/\]\[([\w-]+)\]/g)].map(([, ref]) => ref);
    for (const ref of used)
      if (!addresses.has(ref)) faults.push(`${page}: ${id} links to [${ref}], which has no address`);
    if (used.length === 0 && !/\]\((https:|\.\.\/)/.test(text) && !/^(inferred|unknown)$/.test(sure)) {
      faults.push(`${page}: ${id} names no source`);
    }
  }
  for (const ref of addresses.keys()) {
    if (!behaviour.includes(`][${ref}]`)) faults.push(`${page}: nothing links to [${ref}]`);
  }
  return ids;
}
