import { credentialFailures } from "../facts/denials.js";
import { unreachable } from "../facts/unreachable.js";

/** What to do about a call that did not reach AWS, or whose credentials do not work; undefined where nothing is known. */
export function remedyOf(detail: string): string | undefined {
  return [...credentialFailures, ...unreachable].find(([words]) => words.test(detail))?.[1];
}
