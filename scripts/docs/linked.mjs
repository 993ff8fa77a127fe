import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { escaped } from "./layout.mjs";

/**
 * Lets links lead to the site's own pages. What the pages link to besides, files and folders of the repository, becomes pages
 * too; pictures go along.
 *
 * @returns all pages, and the files to be copied
 * @throws where a link leads nowhere
 */
export function linked(root, given) {
  const pages = [...given];
  const bySource = new Map(pages.filter(({ source }) => source !== undefined).map((page) => [page.source, page]));
  const files = new Map();
  const faults = [];

  const pageOf = (source) => {
    const known = bySource.get(source) ?? bySource.get(posix.join(source, "README.md"));
    if (known !== undefined || !existsSync(join(root, source))) return known;
    const page = shown(root, source);
    bySource.set(source, page);
    pages.push(page);
    return page;
  };

  const rewritten = (page, attribute, address) => {
    if (/^(https?:|mailto:)/.test(address)) return address;
    const [path = "", hash] = address.split("#");
    const source = posix.normalize(posix.join(posix.dirname(page.source ?? page.target), decodeURI(path)));
    const own = source.replace(/\/$/, "");
    if (attribute === "src") {
      files.set(own, `files/${own}`);
      return to(page, `files/${own}`);
    }
    const found = path === "" ? page : page.source === undefined ? byTarget(own) : pageOf(own);
    if (found === undefined) faults.push(`${page.source ?? page.target}: ${address} leads nowhere`);
    else if (hash !== undefined && !found.ids.has(hash)) {
      faults.push(`${page.source ?? page.target}: ${address} leads to a page that has no ${hash}`);
    }
    return found === undefined
      ? address
      : `${found === page ? "" : to(page, found.target)}${hash === undefined ? "" : `#${hash}`}`;
  };
  const byTarget = (target) => pages.find((page) => page.target === target);

  // Pages that come in by a link are at the end, and are walked through as well.
  for (const page of pages) {
    page.html = page.html.replace(/\b(href|src)="([^"]*)"/g, (_, attribute, address) => {
      return `${attribute}="${rewritten(page, attribute, address)}"`;
    });
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return { pages, files: [...files].map(([source, target]) => ({ source, target })) };
}

function to(page, target) {
  return posix.relative(posix.dirname(page.target), target);
}

/** A file of the repository as a page, or a folder as a list of what is in it. */
function shown(root, source) {
  const file = join(root, source);
  const isFolder = statSync(file).isDirectory();
  const names = isFolder ? readdirSync(file).filter((name) => !/^(node_modules|dist)$/.test(name)) : [];
  const body = isFolder
    ? `<ul>${names.map((name) => `<li>${escaped(name)}</li>`).join("")}</ul>`
    : `<pre tabindex="0"><code>${escaped(readFileSync(file, "utf8"))}</code></pre>`;
  return {
    source,
    target: `source/${source}.html`,
    title: source,
    group: null,
    html: `<h1>${escaped(source)}</h1>${body}`,
    ids: new Set(),
  };
}
