import { readDocument } from "../policy/readDocument.js";
import type { Policy } from "../snapshot/Snapshot.js";

/** A policy's document as a fresh object that may be changed; null where it is no JSON object. */
export function documentObject({ document }: Policy): Record<string, unknown> | null {
  const read = readDocument(document);
  return "problem" in read ? null : read.fields;
}

/** The statements of a document, a single one as a list of one. */
export function statementsOf(document: Record<string, unknown>): unknown[] {
  const { Statement: statement } = document;
  if (Array.isArray(statement)) return statement;
  return statement === undefined ? [] : [statement];
}
