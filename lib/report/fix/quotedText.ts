import { inertJsonText } from "../inertJson.js";

/**
 * A text in double quotes as HCL and YAML both read it. Of JSON's escapes HCL has no \b and \f, and neither takes two
 * halves for one letter beyond U+FFFF. What a terminal or a CI system obeys stands escaped, as in `inertJson`.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#quoted-templates
 * @see https://yaml.org/spec/1.2.2/#57-escaped-characters
 */
export function quotedText(text: string): string {
  return inertJsonText(JSON.stringify(text)).replace(escapes, (found, high?: string, low?: string) => {
    if (high !== undefined && low !== undefined) {
      const letter = JSON.parse(`"${found}"`) as string;
      return `\\U${(letter.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
    }
    return found === "\\b" ? "\\u0008" : found === "\\f" ? "\\u000c" : found;
  });
}

/** Every escape, so that a backslash is never taken for the beginning of the next one. */
const escapes = /\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|\\u[\da-f]{4}|\\./gi;

/** Half a letter is no text: nothing but JSON has an escape for it. */
export function isText(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
