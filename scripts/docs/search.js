// The search page: everything it looks through lies beside it (search-index.js).
const search = MiniSearch.loadJSON(window.searchIndex, window.searchOptions);
const field = document.getElementById("q");
const count = document.getElementById("count");
const results = document.getElementById("results");

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", show);
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
show();

function show() {
  const asked = field.value.trim();
  const found =
    asked === ""
      ? []
      : search.search(asked, { boost: { title: 3 }, prefix: true, fuzzy: 0.1, combineWith: "AND" }).slice(0, 50);
  count.textContent =
    asked === ""
      ? "Type what you look for."
      : `${found.length === 50 ? "50 or more" : found.length} found for “${asked}”`;
  results.replaceChildren(...found.map(item));
}

function item({ page, title, address, text, terms }) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title === page ? title : `${page}: ${title}`;
  const words = document.createElement("p");
  const at = Math.max(
    0,
    Math.min(...terms.map((term) => (text.toLowerCase().indexOf(term) + text.length + 1) % (text.length + 1))) - 60,
  );
  words.textContent = `${at > 0 ? "… " : ""}${text.slice(at, at + 200)}`;
  const entry = document.createElement("li");
  entry.append(link, words);
  return entry;
}
