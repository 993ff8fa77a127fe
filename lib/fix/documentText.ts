import type { Policy } from "../snapshot/Snapshot.js";
import { knownDocument } from "./KnownDocument.js";

/**
 * A policy document's text as an edit starts from it: as written, without byte order mark and URL-encoding; an object's
 * with two blanks a level. Null where it could not be read.
 */
export function documentText(document: Policy["document"]): string | null {
  return knownDocument(document).read?.text ?? null;
}
