import { htmlCharacter, htmlNames, htmlTag, widestTerminal } from "../facts/denials.js";

/** How a line ends, where that is no longer to be seen: it was as wide as the text's widest, or what ends one stood there. */
export type LineEnd = "broken" | "whole" | null;

export interface UnescapedLine {
  text: string;
  end: LineEnd;
}

/**
 * Lines as what they stand for: JSON within a text, also within JSON, has line ends, quotes and escapes, and so has HTML. What
 * was broken before it was read ends with a line that was full then.
 */
export function unescapedLines(lines: readonly string[]): UnescapedLine[] {
  const widths = lines.map((line) => line.trimEnd().length);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const isBroken = widest <= widestTerminal && widths.filter((width) => width === widest).length > 1;
  const isFull = lines.map((_, at) => isBroken && widths[at] === widest);
  const escapes = lines.map((line, at) => (isFull[at] === true ? brokenEscape(line, lines[at + 1] ?? "") : null));
  return lines.flatMap((line, at) => {
    const kept = line.slice(escapes[at - 1]?.after ?? 0, line.length - (escapes[at]?.before ?? 0));
    const told = unescaped(kept).split(/\r\n|[\n\r]/);
    const last: LineEnd = escapes[at]?.isEnd === true ? "whole" : told[0] === line ? null : "broken";
    return told.map((text, part) => {
      const end = part < told.length - 1 ? "whole" : last;
      return { text, end: isFull[at] === true ? end : null };
    });
  });
}

/** An escape that a line was broken within: how much of it stands before the break and behind; of a quote, that stays. */
function brokenEscape(line: string, next: string): { before: number; after: number; isEnd: boolean } | null {
  const begun = /[^\\](\\{1,8})$/.exec(line.slice(-10))?.[1];
  const [rest, sign] = /^\\{0,7}([nrt"'/])/.exec(next) ?? [];
  if (begun === undefined || rest === undefined) return null;
  const isEnd = /[nr]/.test(sign ?? "");
  return { before: begun.length, after: isEnd || sign === "t" ? rest.length : rest.length - 1, isEnd };
}

function unescaped(line: string): string {
  return line
    .replace(/<br ?\/?>/gi, "\n")
    .replace(htmlCharacter, (whole, name: string) => {
      const character = htmlNames.get(name.toLowerCase()) ?? numbered(name);
      return /["']/.test(character) ? "'" : invisible.test(character) ? "" : character || whole;
    })
    .replace(htmlTag, "")
    .replace(/\\{1,8}u([0-9a-fA-F]{4})/g, (_, code: string) => {
      const character = String.fromCharCode(Number.parseInt(code, 16));
      return character === "\n" ? character : character.replace(invisible, "").replace(/[\p{Cc}\p{Cs}]/u, " ");
    })
    .replace(/\\{1,8}r\\{1,8}n|\\{1,8}[nr]/g, "\n")
    .replace(/\\{1,8}t/g, "\t")
    .replace(/\\{1,8}(["'/:=])/g, "$1");
}

/** What stands in a text and is not seen: marks of directions, of where a word may be broken, of byte orders. */
const invisible = /\p{Cf}/u;

/** A character by its number, as HTML writes it: "#39", "#x27". */
function numbered(name: string): string {
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).replace(/\p{Cs}/u, " ") : "";
}
