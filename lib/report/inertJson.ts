/**
 * A value as JSON text that does nothing where it is shown: what a terminal obeys, what turns or hides writing, and what a
 * CI system takes for a command stands escaped. Who parses it gets every text as it was.
 *
 * @param indent blanks a level; one line by default
 */
export function inertJson(value: unknown, indent?: number): string {
  return inertJsonText(JSON.stringify(value, null, indent));
}

/** The same of JSON that is a text already, whose blanks and line ends stay as they are. */
export function inertJsonText(text: string): string {
  return text
    .replace(/[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (found) =>
      Array.from({ length: found.length }, (_, at) => escaped(found, at)).join(""),
    )
    .replace(/##(?=[\w.-]*\[)/g, "#\\u0023")
    .replace(/(?<![\w:])::(?=[ \w-])/g, ":\\u003a");
}

function escaped(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`;
}
