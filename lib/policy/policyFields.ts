/** A JSON object of which nothing is known but its names. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What is wrong where an element is spelt in other letters than AWS's: IAM refuses it, and passing it over might make
 * a condition disappear. Other unknown elements are passed over.
 */
export function misspelt(fields: Fields, elements: readonly string[]): string | null {
  for (const name of Object.keys(fields)) {
    const element = elements.find((known) => known.toLowerCase() === name.toLowerCase());
    if (element !== undefined && element !== name) return `${name}: expected the spelling ${element}`;
  }
  return null;
}

/** A text or a list of texts as a list; null for anything else. */
export function textList(value: unknown): string[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((item) => typeof item === "string") ? list : null;
}
