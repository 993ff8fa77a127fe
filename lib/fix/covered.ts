import { matchesText, textPattern } from "../policy/textPattern.js";

/** The actions that a pattern of a statement means. */
export function covered(pattern: string, actions: readonly string[]): string[] {
  return actions.filter((action) => matchesText(textPattern(pattern.toLowerCase()), action.toLowerCase()));
}
