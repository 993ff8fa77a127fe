/** A piece of a page: text that is already HTML. Made by `markup` alone. */
export interface Markup {
  readonly html: string;
}

/** What may stand in a piece: other pieces, texts (escaped), lists of both; nothing for what is not there. */
export type Part = Markup | string | number | null | readonly Part[];

/**
 * A piece of HTML from a template: what is put in is text, unless it is a piece itself. Attributes stand in double quotes.
 *
 * @example
 * markup`<p>${"<script>"}</p>`.html // <p>&lt;script&gt;</p>
 */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: pieces.reduce((before, piece, index) => `${before}${htmlOf(parts[index - 1] ?? null)}${piece}`) };
}

function htmlOf(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return "html" in part ? part.html : part.map(htmlOf).join("");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
