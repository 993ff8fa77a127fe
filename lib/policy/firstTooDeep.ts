/**
 * The path to the first part of a value that lies more than `deepest` levels down, or that comes after more than
 * `largest` parts; null where there is none. An object that leads back into itself is too deep, one whose parts share
 * parts counts them as often as its JSON would hold them. Takes time in proportion to the smaller of the value and
 * `largest`, and never more of the stack than `deepest`.
 *
 * @example
 * firstTooDeep({ a: [{ b: 1 }] }, 2); // ["a", 0]
 */
export function firstTooDeep(value: unknown, deepest: number, largest = Infinity): (string | number)[] | null {
  let parts = 0;
  const search = (part: unknown, levels: number): (string | number)[] | null => {
    parts += 1;
    if (parts > largest) return [];
    if (typeof part !== "object" || part === null) return null;
    if (levels === 0) return [];
    for (const [key, child] of Array.isArray(part) ? part.entries() : Object.entries(part)) {
      const found = search(child, levels - 1);
      if (found !== null) {
        // Inside out; put right once, below.
        found.push(key);
        return found;
      }
    }
    return null;
  };
  return search(value, deepest)?.reverse() ?? null;
}
