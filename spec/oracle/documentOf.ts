import type { Policy } from "../../lib/snapshot/Snapshot.js";
import type { PolicyDocument } from "./PolicyDocument.js";

/** The document as an object: as it is, from its JSON, or from its URL-encoded JSON as IAM answers it. */
export function documentOf(document: NonNullable<Policy["document"]>): PolicyDocument {
  if (typeof document !== "string") return document;
  return JSON.parse(document.startsWith("%7B") ? decodeURIComponent(document) : document) as PolicyDocument;
}
