/**
 * A function that gives the very object that it gave last, where it is asked the same: what says nothing new is told from
 * what does by looking whether it is the same.
 *
 * @example
 * const refOf = again((name: string) => ({ name }));
 * refOf("a") === refOf("a"); // true
 */
export function again<Asked extends readonly unknown[], T extends object>(
  make: (...asked: Asked) => T,
): (...asked: Asked) => T {
  let last: { asked: Asked; given: T } | null = null;
  return (...asked) => {
    if (last === null || !asked.every((one, at) => one === last?.asked[at])) last = { asked, given: make(...asked) };
    return last.given;
  };
}
