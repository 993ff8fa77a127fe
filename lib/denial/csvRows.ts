/**
 * The rows of comma-separated values, each a list of cells: a quoted cell may hold separators, ends of lines and doubled
 * quotes. Total and linear; a quote that is never closed ends with the text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvRows(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      let end = at + 1;
      for (; end < text.length; end += 2) {
        const quote = text.indexOf('"', end);
        const to = quote < 0 ? text.length : quote;
        cell += text.slice(end, to);
        end = to;
        if (text[to + 1] !== '"') break;
        cell += '"';
      }
      at = end + 1;
    }
    const rest = nextOf(text, at, separator);
    row.push(cell + text.slice(at, rest).replace(/\r$/, ""));
    at = rest + 1;
    if (text[rest] === separator && at < text.length) continue;
    if (text[rest] === separator) row.push("");
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Where the next separator or end of a line stands; else the text's end. */
function nextOf(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at += 1) if (text[at] === separator || text[at] === "\n") return at;
  return text.length;
}
