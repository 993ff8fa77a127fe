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
import { readDocument } from "../policy/readDocument.js";

/** A policy document as a snapshot holds it. */
type Document = string | object | null;

/**
 * A policy document's text as an edit starts from it: as written, without byte order mark and URL-encoding; an object's
 * with two blanks a level. Null where it could not be read.
 */
export function documentText(document: Document): string | null {
  const read = readDocument(document);
  if ("problem" in read) return null;
  return typeof document === "string" ? read.text : JSON.stringify(read.fields, null, 2);
}

/**
 * The document's text with a statement added as the last one. What it does not touch stays as it was written: the order
 * of elements, unknown ones, indentation, a document on one line. A single statement becomes a list.
 *
 * @returns null where the document cannot be edited: no JSON object, Statement neither an object nor a list, or twice
 * @example
 * addStatement('{"Statement":[]}', { Effect: "Deny" }); // '{"Statement":[{"Effect":"Deny"}]}'
 */
export function addStatement(document: Document, statement: object): string | null {
  const edited = editable(document);
  if (edited === null) return null;
  const { text, statements, isList } = edited;
  if (!isList) return withValue(text, ["Statement"], [...statements, statement]);
  return withValue(text, ["Statement", statements.length], statement, true);
}

/**
 * The document's text with another statement in the place of one, changed only where the two differ.
 *
 * @param index from 0, as diagnoses count; a single statement is 0
 * @returns null where the document cannot be edited or has no such statement
 */
export function replaceStatement(document: Document, index: number, statement: object): string | null {
  const edited = editable(document);
  if (edited === null || !(index in edited.statements)) return null;
  const path = edited.isList ? ["Statement", index] : ["Statement"];
  return withDifference(edited.text, path, edited.statements[index], statement);
}

/**
 * The document's text without one statement; without its only one, Statement is an empty list.
 *
 * @param index from 0, as diagnoses count; a single statement is 0
 * @returns null where the document cannot be edited or has no such statement
 */
export function removeStatement(document: Document, index: number): string | null {
  const edited = editable(document);
  if (edited === null || !(index in edited.statements)) return null;
  if (edited.statements.length === 1) return withValue(edited.text, ["Statement"], []);
  return withValue(edited.text, ["Statement", index], undefined);
}

function editable(document: Document): { text: string; statements: unknown[]; isList: boolean } | null {
  const read = readDocument(document);
  const text = documentText(document);
  // Of an element that stands twice JSON takes the last and an edit would change the first.
  if ("problem" in read || text === null || hasTwins(parseTree(text))) return null;
  const { Statement: written } = read.fields;
  if (written === undefined) return { text, statements: [], isList: false };
  if (Array.isArray(written)) return { text, statements: written, isList: true };
  return isFields(written) ? { text, statements: [written], isList: false } : null;
}

function hasTwins(node: Node | undefined): boolean {
  const { type, children = [] } = node ?? {};
  const names = type === "object" ? children.map(({ children: [name] = [] }) => name?.value as unknown) : [];
  return new Set(names).size < names.length || children.some(hasTwins);
}

/** Changes what differs and nothing else, so that a reader of the edit sees what changed. */
function withDifference(text: string, path: JSONPath, before: unknown, after: unknown): string {
  if (isDeepStrictEqual(before, after)) return text;
  if (!isFields(before) || !isFields(after)) return withValue(text, path, after);
  let edited = text;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, wanted] = [before, after].map((one) => (Object.hasOwn(one, name) ? one[name] : undefined));
    edited = withDifference(edited, [...path, name], old, wanted);
  }
  return edited;
}

function withValue(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  const edits =
    value === undefined ? removal(text, path) : modify(text, path, value, { ...formattingOf(text), isArrayInsertion });
  const edited = applyEdits(text, edits);
  // The library puts a blank after a new name, also where the text has none anywhere.
  return JSON.stringify(JSON.parse(text)) === text ? JSON.stringify(JSON.parse(edited)) : edited;
}

/** The library's own way to remove formats what stands before, or takes the blanks before the closing bracket, too. */
function removal(text: string, path: JSONPath): Edit[] {
  const root = parseTree(text);
  const found = root === undefined ? undefined : findNodeAtLocation(root, path);
  const member = found?.parent?.type === "property" ? found.parent : found;
  const list = member?.parent;
  if (member === undefined || list?.children === undefined) return [];
  const index = list.children.indexOf(member);
  const [before, after] = [list.children[index - 1], list.children[index + 1]];
  const from = before === undefined ? list.offset + 1 : before.offset + before.length;
  const to = before === undefined ? list.offset + list.length - 1 : member.offset + member.length;
  if (after === undefined) return [{ offset: from, length: to - from, content: "" }];
  return [{ offset: member.offset, length: after.offset - member.offset, content: "" }];
}

/** As the text itself is indented; one on a single line stays on it. */
function formattingOf(text: string): { formattingOptions?: FormattingOptions } {
  const [, eol, indentation = ""] = /(\r?\n)([ \t]+)/.exec(text.trim()) ?? [];
  if (eol === undefined) return {};
  const insertSpaces = !indentation.startsWith("\t");
  return { formattingOptions: { insertSpaces, tabSize: insertSpaces ? indentation.length : 1, eol } };
}
