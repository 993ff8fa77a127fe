import MiniSearch from "minisearch";
import { plain } from "./rendered.mjs";

/** How the index is made and read; the browser's part (search.js) is told it with the index. */
const options = { fields: ["title", "text"], storeFields: ["page", "title", "address", "text"] };

/** The search index of all pages, a section each, as a script: so it is found also where a page was opened as a file. */
export function searchIndex(pages) {
  const search = new MiniSearch(options);
  let id = 0;
  for (const page of pages) {
    if (page.target.startsWith("source/")) continue;
    for (const section of sectionsOf(page)) {
      search.add({ id, ...section });
      id += 1;
    }
  }
  return `window.searchOptions = ${JSON.stringify(options)};\nwindow.searchIndex = ${JSON.stringify(JSON.stringify(search))};\n`;
}

function* sectionsOf({ html, title: page, target }) {
  for (const part of html.split(/(?=<h[1-4] )/)) {
    const [, id, heading] = /^<h[1-4] id="([^"]*)">(.*?)<\/h/s.exec(part) ?? [];
    const text = plain(part.replace(/^<h.*?<\/h\d>/s, "").replace(/<\/(td|th|p|li)>/g, " $&"))
      .replace(/\s+/g, " ")
      .trim();
    if (text === "" && heading === undefined) continue;
    // Where a section is very long, what it begins with stands for it in the list of results.
    yield { page, title: plain(heading ?? page), address: id === undefined ? target : `${target}#${id}`, text };
  }
}
