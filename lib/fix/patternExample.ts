/** A pattern as the documents write it: parsed it is in small letters. */
export function spelt(told: string, text: string): string {
  const [, pattern] = /^other actions of (.*)$/s.exec(told) ?? [];
  if (pattern === undefined) return told;
  const at = text.toLowerCase().indexOf(`"${pattern}"`) + 1;
  const written = text.slice(at, at + pattern.length);
  return written.toLowerCase() === pattern ? `other actions of ${written}` : told;
}

/** An action that a pattern names, and nobody else does. */
export function patternExample(pattern: string): string {
  return pattern.replace(/\*+/g, "AnyOther").replaceAll("?", "X");
}
