/**
 * A text fit for a terminal or a log: what moves the cursor, ends a line, turns the direction of writing or cannot be seen
 * becomes a blank, so that a name prints as what it is and on one line.
 *
 * @see https://www.unicode.org/reports/tr36/
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
