/** A place in a text; both count from 1, columns in UTF-16 code units. */
export interface TextPlace {
  line: number;
  column: number;
  /** Where the line ends. */
  endColumn: number;
}

/**
 * Finds lines and columns of offsets in a text.
 *
 * @example
 * linePlaces("a:\n  b: 1")(5); // { line: 2, column: 3, endColumn: 7 }
 */
export function linePlaces(text: string): (offset: number) => TextPlace {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = lineAt(starts, offset);
    const start = starts[line] ?? 0;
    const next = starts[line + 1];
    const length = text.slice(offset, next === undefined ? undefined : next - 1).trimEnd().length;
    const column = offset - start + 1;
    return { line: line + 1, column, endColumn: column + Math.max(1, length) };
  };
}

/** The line that holds an offset, by halves. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
