import { matches } from "./wildcard.js";

/** The six parts of an ARN; null for what is none. The last may hold colons. */
export function arnParts(text: string): string[] | null {
  const parts = text.split(":");
  return parts[0] === "arn" && parts.length >= 6 ? [...parts.slice(0, 5), parts.slice(5).join(":")] : null;
}

/** ArnLike, and ArnEquals, which behaves alike: part by part, wildcards in each. */
export function arnMatches(pattern: string[], arn: string[]): boolean {
  return arn.every((part, index) => matches(pattern[index] ?? "", part));
}
