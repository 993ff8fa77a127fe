import { posix } from "node:path";

/** A page of the site, with its menu. Everything it needs lies beside it. */
export function layout(page, pages, groups) {
  const to = (target) => posix.relative(posix.dirname(page.target), target);
  const isSearch = page.target === "search.html";
  const menu = groups
    .map((group) => {
      const items = pages.filter((one) => one.group === group);
      return items.length === 0
        ? ""
        : `<h2>${group}</h2><ul>${items
            .map((one) => {
              const current = one === page ? ' aria-current="page"' : "";
              return `<li><a href="${to(one.target)}"${current}>${escaped(one.menu ?? one.title)}</a></li>`;
            })
            .join("")}</ul>`;
    })
    .join("");
  const main = isSearch
    ? '<h1>Search</h1><p id="count" role="status">Type what you look for.</p><ol id="results"></ol>'
    : page.html;
  const scripts = isSearch
    ? ["minisearch.js", "search-index.js", "search.js"].map((name) => `<script src="${name}"></script>`).join("")
    : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'">
<title>${escaped(page.title)}${page.target === "index.html" ? "" : " · backup-vault-access"}</title>
<link rel="stylesheet" href="${to("site.css")}">
</head>
<body>
<a class="skip" href="#main">Skip to the page</a>
<header>
<a class="home" href="${to("index.html")}">backup-vault-access</a>
<form role="search" action="${to("search.html")}" method="get">
<label for="q">Search</label> <input id="q" name="q" type="search" autocomplete="off">
</form>
</header>
<div class="columns">
<nav aria-label="Pages">${menu}</nav>
<main id="main" tabindex="-1">
${main}
</main>
</div>
${scripts}
</body>
</html>
`;
}

/** A text in HTML, in an attribute too. */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
