import { isFields } from "../policy/policyFields.js";
import { readDocument } from "../policy/readDocument.js";
import type { Policy } from "../snapshot/Snapshot.js";

/** The Sids that a policy's statements have: within one document each must be another. */
export function sidsOf(policy: Pick<Policy, "document">): ReadonlySet<string> {
  return new Set(
    statementsOf(policy).flatMap((statement) =>
      isFields(statement) && typeof statement.Sid === "string" ? [statement.Sid] : [],
    ),
  );
}

/** The statements of a policy as they are written, a single one as a list of one; none where it cannot be read. */
export function statementsOf({ document }: Pick<Policy, "document">): unknown[] {
  const read = readDocument(document);
  if ("problem" in read) return [];
  const { Statement: statement } = read.fields;
  if (Array.isArray(statement)) return statement;
  return statement === undefined ? [] : [statement];
}
