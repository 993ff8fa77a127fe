/** What hangs under an object: levels below it, and parts as JSON would write them, itself included. */
interface Extent {
  height: number;
  parts: number;
}

/**
 * The path to the first part of a value that lies more than `deepest` levels down, or under which lie more than `largest`
 * parts; null where there is none. An object that leads back into itself is too deep; one that stands at several places
 * counts at each, as its JSON would hold it. Takes time in proportion to the value as it lies in memory, and never more of
 * the stack than `deepest`.
 *
 * @example
 * firstTooDeep({ a: [{ b: 1 }] }, 2); // ["a", 0]
 */
export function firstTooDeep(value: unknown, deepest: number, largest = Infinity): (string | number)[] | null {
  if (partsLeft(value, deepest, Math.min(largest, fewParts)) >= 0) return null;
  const known = new Map<object, Extent | "open">();

  /** A path from inside out where there is something too deep. */
  const measured = (part: unknown, levels: number): Extent | (string | number)[] => {
    if (typeof part !== "object" || part === null) return { height: 0, parts: 1 };
    const before = known.get(part);
    if (before !== undefined) return before === "open" || before.height > levels ? [] : before;
    if (levels === 0) return [];
    known.set(part, "open");
    const extent: Extent = { height: 1, parts: 1 };
    for (const [key, child] of Array.isArray(part) ? part.entries() : Object.entries(part)) {
      const found = measured(child, levels - 1);
      if (Array.isArray(found)) {
        found.push(key);
        return found;
      }
      extent.height = Math.max(extent.height, found.height + 1);
      extent.parts += found.parts;
    }
    known.set(part, extent);
    return extent.parts > largest ? [] : extent;
  };

  const found = measured(value, deepest);
  return Array.isArray(found) ? found.reverse() : null;
}

/** What has no more parts than this is counted without remembering what was met; whoever shares parts may have counted on it. */
const fewParts = 100_000;

/** How many of so many parts are left after those of a value; negative where it has more, or lies deeper than `levels`. */
function partsLeft(value: unknown, levels: number, parts: number): number {
  if (typeof value !== "object" || value === null) return parts - 1;
  if (levels === 0) return -1;
  let left = parts - 1;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && left >= 0; at += 1) left = partsLeft(value[at], levels - 1, left);
    return left;
  }
  for (const key in value) {
    if (left < 0) return left;
    left = partsLeft((value as Record<string, unknown>)[key], levels - 1, left);
  }
  return left;
}
