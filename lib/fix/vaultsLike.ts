import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import { matchesText, textPattern } from "../policy/textPattern.js";
import { patternExample } from "./patternExample.js";
import { withoutVariables } from "./withoutVariables.js";

const mostPatterns = 6;

/** Vaults whose names are like one's own, as patterns of the documents have it: an ARN each, and what they are called. */
export function vaultsLike(documents: readonly ParsedPolicy[], ownVault: string): [string, string][] {
  const texts = documents.flatMap(({ statements }) =>
    statements.flatMap(({ resource }) => resource?.patterns.map(({ text }) => text) ?? []),
  );
  const isLike = (text: string) => matchesText(textPattern(withoutVariables(text)), ownVault);
  const patterns = [...new Set(texts)].filter((text) => /[*?$]/.test(nameIn(text)) && isLike(text));
  return patterns
    .slice(0, mostPatterns)
    .flatMap((text) =>
      namesLike(nameIn(text), nameIn(ownVault)).map((name): [string, string] => [
        ownVault.replace(/[^:]*$/, name),
        `other vaults like ${nameIn(text)}`,
      ]),
    );
}

/** What stands behind the last colon that is not a variable's. */
function nameIn(text: string): string {
  return text.slice(withoutVariables(text, true).lastIndexOf(":") + 1);
}

/** Other names that a pattern matches: as long as the one, where that can be told from the pattern. */
function namesLike(pattern: string, name: string): string[] {
  if (pattern === "*") return [];
  if (pattern.includes("${")) return [name.replace(/.$/s, otherLetters), name.replace(/^./s, otherLetters)];
  const [before = "", after, ...more] = pattern.split("*");
  if (more.length > 0) return [patternExample(pattern)];
  if (after === undefined) return [filled(before, name)];
  const behind = name.length - after.length;
  // A star that stands for nothing may stand for something.
  const middle = otherLetters(name.slice(before.length, behind)) || "x";
  return [`${filled(before, name)}${middle}${filled(after, name.slice(behind))}`];
}

function filled(pattern: string, name: string): string {
  return pattern.replaceAll("?", (_, at: number) => otherLetters(name[at] ?? ""));
}

function otherLetters(text: string): string {
  return text.replace(/./gs, (letter) => (letter === "x" ? "y" : "x"));
}
