/** `true` in any letter case is true, anything else is false, padded text too: so captured, also for `Null`. */
export function isTrue(text: string): boolean {
  return text.toLowerCase() === "true";
}
