/**
 * Folds letter case as the IgnoreCase operators do: lower-casing with the Greek final sigma, which sees all its
 * neighbours, but leaving characters beyond the basic plane as they are. No full folding: "ß" is not "SS".
 *
 * Captured from live IAM: radkawar/stackd, testdata/aws/iam/condition_strings.json.
 */
export function foldCase(text: string): string {
  const inContext = text.toLowerCase();
  let folded = "";
  let at = 0;
  for (const character of text) {
    const { length } = character.toLowerCase();
    folded += character.length > 1 ? character : inContext.slice(at, at + length);
    at += length;
  }
  return folded;
}
