import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import { matchesText } from "../policy/textPattern.js";
import { patternExample } from "./patternExample.js";

const mostPatterns = 6;

/** Vaults whose names are like one's own, as patterns of the documents have it: an ARN each, and what they are called. */
export function vaultsLike(documents: readonly ParsedPolicy[], ownVault: string): [string, string][] {
  const patterns = documents.flatMap(({ statements }) =>
    statements.flatMap(({ resource }) => resource?.patterns.filter((one) => matchesText(one, ownVault)) ?? []),
  );
  const texts = [...new Set(patterns.map(({ text }) => text))].filter((text) => /:[^:]*[*?][^:]*$/.test(text));
  return texts.slice(0, mostPatterns).flatMap((text): [string, string][] => {
    const pattern = text.replace(/^.*:/s, "");
    const other = nameLike(pattern, ownVault.replace(/^.*:/s, ""));
    return other === null ? [] : [[ownVault.replace(/[^:]*$/, other), `other vaults like ${pattern}`]];
  });
}

/** Another name that a pattern matches: as long as the one, where that can be told from the pattern. */
function nameLike(pattern: string, name: string): string | null {
  if (pattern === "*") return null;
  const [before = "", after, ...more] = pattern.split("*");
  if (more.length > 0) return patternExample(pattern);
  const middle = after === undefined ? "" : otherLetters(name.slice(before.length, name.length - after.length));
  return `${filled(before, name)}${middle}${after === undefined ? "" : filled(after, name.slice(name.length - after.length))}`;
}

function filled(pattern: string, name: string): string {
  return pattern.replaceAll("?", (_, at: number) => otherLetters(name[at] ?? ""));
}

function otherLetters(text: string): string {
  return text.replace(/./gs, (letter) => (letter === "x" ? "y" : "x"));
}
