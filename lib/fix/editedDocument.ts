import { isDeepStrictEqual } from "node:util";
import {
  applyEdits,
  type Edit,
  type FormattingOptions,
  findNodeAtLocation,
  type JSONPath,
  modify,
  type Node,
  parseTree,
} from "jsonc-parser";
import { isFields } from "../policy/policyFields.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { DocumentEdit } from "./Change.js";
import { type KnownDocument, knownDocument } from "./KnownDocument.js";

/**
 * A document's text with statements changed: in the place of others, added as the last ones, left out. What no change
 * touches stays as it was written: the order of elements, unknown ones, indentation, a document on one line. A single
 * statement becomes a list where another one joins it; without its only one, Statement is an empty list.
 *
 * @param edit indexes from 0, as diagnoses count; a single statement is 0
 * @param known the document, where it was read before
 * @returns null where the document cannot be edited: no JSON object, Statement neither an object nor a list, an element
 * twice, or no such statement
 * @example
 * editedDocument('{"Statement":[]}', { added: [{ Effect: "Deny" }] }); // '{"Statement":[{"Effect":"Deny"}]}'
 */
export function editedDocument(
  document: Policy["document"],
  { replaced = [], removed = [], added = [] }: Partial<Pick<DocumentEdit, "replaced" | "removed" | "added">>,
  known: KnownDocument = knownDocument(document),
): string | null {
  if (known.read === null) return null;
  const { fields } = known.read;
  let { text } = known.read;
  const { Statement: written } = fields;
  const statements = [...known.statements];
  const isOdd = written !== undefined && !Array.isArray(written) && !isFields(written);
  const indexes = [...replaced.map(({ index }) => index), ...removed];
  if (isOdd || indexes.some((index) => !(index in statements))) return null;
  const indent = known.indent();
  if (indent !== undefined) {
    // Written as JSON.stringify writes, it is written so again.
    const changed = [...statements];
    for (const { index, statement } of replaced) changed[index] = statement;
    const kept = changed.filter((_, index) => !removed.includes(index));
    const isSingle = isFields(written) && removed.length === 0 && added.length === 0;
    return JSON.stringify({ ...fields, Statement: isSingle ? kept[0] : [...kept, ...added] }, null, indent);
  }
  // Of an element that stands twice JSON takes the last and an edit would change the first.
  if (hasTwins(parseTree(text))) return null;
  for (const { index, statement } of replaced) {
    const path = Array.isArray(written) ? ["Statement", index] : ["Statement"];
    text = withDifference(text, path, statements[index], statement);
    statements[index] = statement;
  }
  let isList = Array.isArray(written);
  for (const statement of added) {
    text = isList
      ? withValue(text, ["Statement", statements.length], statement, true)
      : withValue(text, ["Statement"], [...statements, statement]);
    statements.push(statement);
    isList = true;
  }
  for (const index of [...new Set(removed)].sort((one, other) => other - one)) {
    text = statements.length === 1 ? withValue(text, ["Statement"], []) : without(text, ["Statement", index]);
    statements.splice(index, 1);
  }
  return text;
}

function hasTwins(node: Node | undefined): boolean {
  const { type, children = [] } = node ?? {};
  const names = type === "object" ? children.map(({ children: [name] = [] }) => name?.value as unknown) : [];
  return new Set(names).size < names.length || children.some(hasTwins);
}

/** Changes what differs and nothing else, so that a reader of the edit sees what changed. */
function withDifference(text: string, path: JSONPath, before: unknown, after: unknown): string {
  if (isDeepStrictEqual(before, after)) return text;
  if (after === undefined) return without(text, path);
  if (!isFields(before) || !isFields(after)) return withValue(text, path, after);
  let edited = text;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, wanted] = [before, after].map((one) => (Object.hasOwn(one, name) ? one[name] : undefined));
    edited = withDifference(edited, [...path, name], old, wanted);
  }
  return edited;
}

function withValue(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  return applyEdits(text, modify(text, path, value, { ...formattingOf(text), isArrayInsertion }));
}

/** The library's own way to remove formats what stands before, or takes the blanks before the closing bracket, too. */
function without(text: string, path: JSONPath): string {
  const root = parseTree(text);
  const found = root === undefined ? undefined : findNodeAtLocation(root, path);
  const member = found?.parent?.type === "property" ? found.parent : found;
  const list = member?.parent;
  if (member === undefined || list?.children === undefined) return text;
  const index = list.children.indexOf(member);
  const [before, after] = [list.children[index - 1], list.children[index + 1]];
  const from = before === undefined ? list.offset + 1 : before.offset + before.length;
  const to = before === undefined ? list.offset + list.length - 1 : member.offset + member.length;
  const edit: Edit =
    after === undefined
      ? { offset: from, length: to - from, content: "" }
      : { offset: member.offset, length: after.offset - member.offset, content: "" };
  return applyEdits(text, [edit]);
}

/** As the text itself is indented; one on a single line stays on it. */
function formattingOf(text: string): { formattingOptions?: FormattingOptions } {
  const [, eol, indentation = ""] = /(\r?\n)([ \t]+)/.exec(text.trim()) ?? [];
  if (eol === undefined) return {};
  const insertSpaces = !indentation.startsWith("\t");
  return { formattingOptions: { insertSpaces, tabSize: insertSpaces ? indentation.length : 1, eol } };
}
