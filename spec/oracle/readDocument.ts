import type { Policy } from "../../lib/snapshot/Snapshot.js";
import { isOperator } from "./conditionHolds.js";
import { documentOf } from "./documentOf.js";
import { listOf } from "./listOf.js";
import type { PolicyDocument, PolicyStatement } from "./PolicyDocument.js";

/** What a document says: the whole of it, or of a damaged one (specification, section 4.6) what it denies all the same. */
export interface DocumentRead {
  document: PolicyDocument;
  isWhole: boolean;
}

const nothing: PolicyDocument = { Version: "2012-10-17", Statement: [] };

/** @param ofResource a key, resource control or endpoint policy, which must say whom it is about */
export function readDocument(document: Policy["document"], ofResource = false): DocumentRead {
  const parsed = parsedOf(document);
  if (parsed === null) return { document: nothing, isWhole: false };
  const isVersion = parsed.Version === undefined || ["2012-10-17", "2008-10-17"].includes(parsed.Version);
  const statements = listOf(parsed.Statement);
  const sound = statements.filter((statement) => isSound(statement) && (!ofResource || namesSomebody(statement)));
  if (isVersion && parsed.Statement !== undefined && sound.length === statements.length) {
    return { document: parsed, isWhole: true };
  }
  const denials = isVersion ? sound.filter(({ Effect }) => Effect === "Deny") : [];
  return { document: { ...nothing, ...parsed, Statement: denials }, isWhole: false };
}

function parsedOf(document: Policy["document"]): PolicyDocument | null {
  if (document === null || (typeof document === "string" && document.length > 1_000_000)) return null;
  try {
    const parsed: unknown = documentOf(document);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as PolicyDocument) : null;
  } catch {
    return null;
  }
}

function namesSomebody({ Principal, NotPrincipal }: PolicyStatement): boolean {
  return Principal !== undefined || NotPrincipal !== undefined;
}

function isSound({ Effect, Action, NotAction, Condition }: PolicyStatement): boolean {
  return (
    ["Allow", "Deny"].includes(Effect) &&
    (Action !== undefined || NotAction !== undefined) &&
    Object.keys(Condition ?? {}).every(isOperator)
  );
}
