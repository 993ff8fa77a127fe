import type { WorldDocument } from "../emulator/World.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Policy } from "../snapshot/Snapshot.js";

/** What was read; null where nothing was, whatever the reason. */
export function readValue<T>(evidence: Evidence<T> | undefined): T | null {
  return evidence?.status === "read" ? evidence.value : null;
}

/** A snapshot's text may be as IAM returned it, URL-encoded; the world holds it as it was stored. */
export function storedDocument({ document }: Policy): WorldDocument {
  if (typeof document !== "string" || !/^\s*%7B/i.test(document)) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
