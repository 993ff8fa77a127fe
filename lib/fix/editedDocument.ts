import type { Policy } from "../snapshot/Snapshot.js";
import type { DocumentEdit } from "./Change.js";
import { addStatement, documentText, removeStatement, replaceStatement } from "./editDocument.js";

/**
 * A document's text with statements changed, the rest as it was written.
 *
 * @returns null where the document cannot be edited
 */
export function editedDocument(
  document: Policy["document"],
  { replaced, removed, added }: Pick<DocumentEdit, "replaced" | "removed" | "added">,
): string | null {
  let text = documentText(document);
  for (const { index, statement } of replaced) if (text !== null) text = replaceStatement(text, index, statement);
  for (const statement of added) if (text !== null) text = addStatement(text, statement);
  for (const index of [...removed].sort((one, other) => other - one)) {
    if (text !== null) text = removeStatement(text, index);
  }
  return text;
}
