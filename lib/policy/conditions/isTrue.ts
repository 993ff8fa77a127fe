/**
 * `true` in any letter case is true, anything else is false, padded text too, also for `Null` (aws-behaviour,
 * condition-bool).
 */
export function isTrue(text: string): boolean {
  return text.toLowerCase() === "true";
}
