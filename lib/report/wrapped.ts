import wrapAnsi from "wrap-ansi";

/** Begins a line that stays as it is: a command that is pasted, or JSON. No text has it, since `printable` takes it out. */
const mark = "\u0000";

/** Keeps a line from being wrapped. */
export function kept(line: string): string {
  return `${mark}${line}`;
}

/** Where the text of a field begins, behind its name. */
const fieldIndent = 13;

/**
 * A line in lines of at most so many columns, those after the first indented as its text is. Words are never cut, so that
 * an ARN may stick out. Colours are no columns.
 *
 * @param width null: not wrapped
 */
export function wrapped(line: string, width: number | null): string {
  if (line.startsWith(mark)) return line.slice(mark.length);
  if (width === null || line.length <= width) return line;
  const name = /^ {2}[a-z]+(?: \d+)? +(?=\S)/.exec(line)?.[0] ?? "";
  const lead = name.length === fieldIndent ? name : (/^ *(?:- )?/.exec(line)?.[0] ?? "");
  const lines = wrapAnsi(line.slice(lead.length), Math.max(20, width - lead.length), { hard: false }).split("\n");
  return lines.map((one, at) => `${at === 0 ? lead : " ".repeat(lead.length)}${one}`).join("\n");
}
