import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/**
 * A page of Markdown as HTML: its title, and headings that can be linked to as GitHub links to them.
 *
 * @returns the title, the HTML, and the ids that are in it
 */
export function rendered(text) {
  const known = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  // A skill begins with what a machine reads of it.
  const own = text.replace(/^---\n.*?\n---\n/s, "");
  const html = micromark(own, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
    .replace(
      /<h([1-6])>(.*?)<\/h\1>/gs,
      (_, level, inner) => `<h${level} id="${fresh(inner, known)}">${inner}</h${level}>`,
    )
    // What is wider than the page is moved by the keyboard, too.
    .replaceAll("<pre>", '<pre tabindex="0">')
    .replaceAll("<table>", '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>')
    .replaceAll("</table>", "</table></div>")
    .replaceAll("<th></th>", "<td></td>");
  const [, , title = "Untitled"] = /<h1[^>]*>(<a[^>]*><\/a>)?(.*?)<\/h1>/s.exec(html) ?? [];
  return { title: plain(title), html, ids: new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)) };
}

/** The text of HTML that micromark made. */
export function plain(html) {
  return html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function fresh(inner, known) {
  const slug = plain(inner)
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
  let id = slug;
  for (let count = 1; known.has(id); count += 1) id = `${slug}-${count}`;
  known.add(id);
  return id;
}
