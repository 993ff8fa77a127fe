import type { WorldDocument } from "./World.js";

/** A policy's text as AWS answers it: a text as it was given, an object as JSON; null where it is refused to readers. */
export function servedText(document: WorldDocument): string | null {
  return typeof document === "object" && document !== null ? JSON.stringify(document) : document;
}
