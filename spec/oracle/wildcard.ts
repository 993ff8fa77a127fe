/*
 * `*` stands for any text, `?` for one character (one UTF-16 unit, a line break too: aws-behaviour,
 * condition-letter-case). Where a `*` or `?` is meant as itself, because it came out of a policy variable, it is
 * carried as a character of Unicode's private use area.
 */
const star = "\uE000";
const question = "\uE001";

/** The text with its `*` and `?` meant as themselves. */
export function asItself(text: string): string {
  return text.replaceAll("*", star).replaceAll("?", question);
}

/** The text where no wildcard is meant, as in StringEquals. */
export function plain(text: string): string {
  return text.replaceAll(star, "*").replaceAll(question, "?");
}

export function matches(pattern: string, text: string, flags = ""): boolean {
  const key = `${flags} ${pattern}`;
  const known = expressions.get(key) ?? expressionOf(pattern, flags);
  expressions.set(key, known);
  return known.test(text);
}

/** Patterns come again and again while a random snapshot is filled in. */
const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string, flags: string): RegExp {
  const source = pattern
    .split("")
    .map((unit) => {
      if (unit === "*") return "[^]*";
      if (unit === "?") return "[^]";
      return plain(unit).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}$`, flags);
}
