import type { Policy } from "../../lib/snapshot/Snapshot.js";
import type { Filling } from "./Filling.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import { readDocument } from "./readDocument.js";

/** The documents of the policies; where one could not be read, or not whole, also the filling's. */
export function documentsOf(policies: Policy[], filling: Filling): PolicyDocument[] {
  return policies.flatMap(({ document }) => {
    const { document: read, isWhole } = readDocument(document);
    if (isWhole) return [read];
    return [read, ...(filling.document == null ? [] : [readDocument(filling.document).document])];
  });
}

/** Whether each of them was read whole. */
export function areWhole(policies: Policy[]): boolean {
  return policies.every(({ document }) => readDocument(document).isWhole);
}
