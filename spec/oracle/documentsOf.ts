import type { Policy } from "../../lib/snapshot/Snapshot.js";
import { documentOf } from "./documentOf.js";
import type { Filling } from "./Filling.js";
import type { PolicyDocument } from "./PolicyDocument.js";

/** The documents of the policies; where one could not be read, the filling's. */
export function documentsOf(policies: Policy[], filling: Filling): PolicyDocument[] {
  return policies.flatMap(({ document }) => {
    const text = document ?? filling.document ?? null;
    return text === null ? [] : [documentOf(text)];
  });
}
