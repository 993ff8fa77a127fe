import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import { isMap, isScalar, isSeq, LineCounter } from "yaml";
import { PlanFormatError } from "./PlanFormatError.js";
import type { PlanPath } from "./PlannedVault.js";
import { yamlDocument } from "./template/parseYaml.js";

/** A place in a text; both count from 1, columns in UTF-16 code units. */
export interface TextPlace {
  line: number;
  column: number;
  /** Where the line ends. */
  endColumn: number;
}

/** Of larger files nobody wants to see a line, and the tree of one takes many times its size. */
const largest = 20_000_000;

/**
 * Finds where parts of a JSON or YAML text stand: a field by its name, an item by itself.
 *
 * @returns gives null where there is no such part, or the text is too large
 * @example
 * placesInFile(text)(["Resources", "Vault"]); // { line: 12, column: 3 }
 */
export function placesInFile(text: string): (path: PlanPath) => TextPlace | null {
  if (text.length > largest) return () => null;
  return /^\s*[{[]/.test(text) ? placesInJson(text) : placesInYaml(text);
}

function placesInJson(text: string): (path: PlanPath) => TextPlace | null {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const tree = treeOf(text);
  return (path) => {
    const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...path]);
    if (node === undefined) return null;
    const { offset } = node.parent?.type === "property" ? node.parent : node;
    const line = lineAt(starts, offset);
    return placeAt(text, line + 1, offset - (starts[line] ?? 0) + 1, offset);
  };
}

function placeAt(text: string, line: number, column: number, offset: number): TextPlace {
  const end = text.indexOf("\n", offset);
  const length = text.slice(offset, end < 0 ? undefined : end).trimEnd().length;
  return { line, column, endColumn: column + Math.max(1, length) };
}

function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
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

function placesInYaml(text: string): (path: PlanPath) => TextPlace | null {
  const lines = new LineCounter();
  const root = contentsOf(text, lines);
  return (path) => {
    let node: unknown = root;
    let offset: number | undefined;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
        node = pair?.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        offset = (node as { range?: [number, number, number] | null } | undefined)?.range?.[0];
      } else return null;
    }
    if (offset === undefined) return null;
    const { line, col } = lines.linePos(offset);
    return placeAt(text, line, col, offset);
  };
}

function contentsOf(text: string, lines: LineCounter): unknown {
  try {
    return yamlDocument(text, lines).contents;
  } catch (cause) {
    if (cause instanceof PlanFormatError) return null;
    throw cause;
  }
}
