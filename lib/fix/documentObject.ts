import type { Policy } from "../snapshot/Snapshot.js";

/** A policy's document as a fresh object that may be changed; null where it is no JSON object. */
export function documentObject({ document }: Policy): Record<string, unknown> | null {
  if (document === null) return null;
  if (typeof document === "object") return structuredClone(document) as unknown as Record<string, unknown>;
  for (const decode of [(text: string) => text, decodeURIComponent]) {
    try {
      const parsed: unknown = JSON.parse(decode(document));
      if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
        return parsed as Record<string, unknown>;
      }
    } catch {
      // Not JSON in this spelling; the next one may be.
    }
  }
  return null;
}

/** The statements of a document, a single one as a list of one. */
export function statementsOf(document: Record<string, unknown>): unknown[] {
  const { Statement: statement } = document;
  if (Array.isArray(statement)) return statement;
  return statement === undefined ? [] : [statement];
}
