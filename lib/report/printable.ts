/** A text fit for a terminal or a log: control characters (also those that move the cursor or end a line) become blanks. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}
