import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import { isMap, isScalar, isSeq } from "yaml";
import { linePlaces, type TextPlace } from "./linePlaces.js";
import { PlanFormatError } from "./PlanFormatError.js";
import type { PlanPath } from "./PlannedVault.js";
import { yamlDocument } from "./template/parseYaml.js";

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
  const placeAt = linePlaces(text);
  const tree = treeOf(text);
  return (path) => {
    const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...path]);
    if (node === undefined) return null;
    return placeAt((node.parent?.type === "property" ? node.parent : node).offset);
  };
}

function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

function placesInYaml(text: string): (path: PlanPath) => TextPlace | null {
  const placeAt = linePlaces(text);
  const root = contentsOf(text);
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
    return offset === undefined ? null : placeAt(offset);
  };
}

function contentsOf(text: string): unknown {
  try {
    return yamlDocument(text).contents;
  } catch (cause) {
    if (cause instanceof PlanFormatError) return null;
    throw cause;
  }
}
