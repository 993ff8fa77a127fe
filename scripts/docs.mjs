// The documentation as a site of static pages, from the same Markdown that the repository shows, and the API reference from
// the docstrings: `npm run docs` writes it to site/, `npm run docs -- --output FOLDER` elsewhere. It needs no server, asks
// nobody for anything, and fails on a dead link.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { apiPages } from "./docs/apiPages.mjs";
import { layout } from "./docs/layout.mjs";
import { linked } from "./docs/linked.mjs";
import { groups, pagesOfRepository } from "./docs/pages.mjs";
import { rendered } from "./docs/rendered.mjs";
import { searchIndex } from "./docs/searchIndex.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({ options: { output: { type: "string", default: join(root, "site") } } });
const site = values.output;

const pages = [...pagesOfRepository(root), ...(await apiPages())].map((page) => ({ ...page, ...rendered(page.text) }));
const { pages: whole, files } = linked(root, pages);
const search = { target: "search.html", title: "Search", group: null, html: "" };

rmSync(site, { recursive: true, force: true });
for (const page of [...whole, search]) write(page.target, layout(page, whole, groups));
for (const { source, target } of files) copy(join(root, source), target);
write("search-index.js", searchIndex(whole));
for (const name of ["site.css", "search.js"]) copy(join(root, "scripts/docs", name), name);
copy(join(root, "node_modules/minisearch/dist/umd/index.js"), "minisearch.js");
console.log(`${whole.length} pages in ${site}`);

function write(target, text) {
  const file = join(site, target);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function copy(file, target) {
  mkdirSync(dirname(join(site, target)), { recursive: true });
  cpSync(file, join(site, target));
}
