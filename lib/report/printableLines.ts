import { printable } from "./printable.js";

/** A text of several lines, each as `printable` leaves it and indented as it was. */
export function printableLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => `${line.match(/^ */)?.[0] ?? ""}${printable(line)}`.trimEnd());
}
