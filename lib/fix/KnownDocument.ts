import { type Fields, isFields } from "../policy/policyFields.js";
import { readDocument } from "../policy/readDocument.js";
import type { Policy } from "../snapshot/Snapshot.js";

/** A policy document as its text is edited, read once; nothing of it may be changed. */
export interface KnownDocument {
  document: Policy["document"];
  /** Null where it could not be read. */
  read: { fields: Fields; text: string } | null;
  /** As they are written, a single one as a list of one; none where it could not be read. */
  statements: readonly unknown[];
  /** Within one document each must be another. */
  sids: ReadonlySet<string>;
  /** Blanks a level where the text is as JSON.stringify writes it, 0: on one line; else undefined. */
  indent: () => 0 | 2 | undefined;
}

/** Reads a document: its text as written, without byte order mark and URL-encoding; an object's with two blanks a level. */
export function knownDocument(document: Policy["document"]): KnownDocument {
  const read = readDocument(document);
  if ("problem" in read) return { document, read: null, statements: [], sids: new Set(), indent: () => undefined };
  const { fields } = read;
  const { Statement: statement } = fields;
  const statements: unknown[] = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  const sids = statements.flatMap((one) => (isFields(one) && typeof one.Sid === "string" ? [one.Sid] : []));
  const isText = typeof document === "string";
  const text = isText ? read.text : JSON.stringify(fields, null, 2);
  let indent: { is: 0 | 2 | undefined } | undefined = isText ? undefined : { is: 2 };
  return {
    document,
    read: { fields, text },
    statements,
    sids: new Set(sids),
    indent: () => {
      indent ??= { is: ([0, 2] as const).find((one) => text === JSON.stringify(fields, null, one)) };
      return indent.is;
    },
  };
}

/** Reads each policy once, however often it is asked for. */
export function newDocumentMemory(): (policy: Policy) => KnownDocument {
  const known = new Map<Policy, KnownDocument>();
  return (policy) => {
    let document = known.get(policy);
    if (document === undefined) {
      document = knownDocument(policy.document);
      known.set(policy, document);
    }
    return document;
  };
}
