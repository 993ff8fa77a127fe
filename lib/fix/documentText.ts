import { readDocument } from "../policy/readDocument.js";
import type { Policy } from "../snapshot/Snapshot.js";

/**
 * A policy document's text as an edit starts from it: as written, without byte order mark and URL-encoding; an object's
 * with two blanks a level. Null where it could not be read.
 */
export function documentText(document: Policy["document"]): string | null {
  const read = readDocument(document);
  if ("problem" in read) return null;
  return typeof document === "string" ? read.text : JSON.stringify(read.fields, null, 2);
}
