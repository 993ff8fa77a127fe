import { isFields } from "../policy/policyFields.js";
import { freeSid } from "./allowing.js";
import type { DocumentEdit } from "./Change.js";

/**
 * Changes of one document as one. What two of them add alike is added once; another statement gets a Sid of its own.
 *
 * @param taken the Sids of the document as it is
 */
export function joinedEdits(
  edits: readonly DocumentEdit[],
  taken: ReadonlySet<string>,
): Pick<DocumentEdit, "replaced" | "removed" | "added"> {
  const texts = new Set<string>();
  const sids = new Set(taken);
  const added: object[] = [];
  for (const statement of edits.flatMap((edit) => edit.added)) {
    const text = JSON.stringify(statement);
    if (texts.has(text)) continue;
    texts.add(text);
    const sid = isFields(statement) && typeof statement.Sid === "string" ? statement.Sid : null;
    if (sid === null) {
      added.push(statement);
      continue;
    }
    const free = freeSid(sid, sids);
    added.push(free === sid ? statement : { ...statement, Sid: free });
  }
  return {
    replaced: edits.flatMap(({ replaced }) => replaced),
    removed: [...new Set(edits.flatMap(({ removed }) => removed))],
    added,
  };
}
