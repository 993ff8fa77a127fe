import { denialNames } from "../facts/denials.js";
import type { Denial } from "../snapshot/Snapshot.js";

/**
 * Whether the error in a snapshot is a refusal for lack of rights: by its name, or, where AWS sent a 403 without a type
 * (name `Unknown`), by a text that says so.
 */
export function isSeenDenial({ name, message }: Denial): boolean {
  if (denialNames.has(name)) return true;
  return (
    name === "Unknown" &&
    /\b403\b|forbidden|access ?denied|access is denied|not authorized|insufficient privileges/i.test(
      message.slice(0, 20_000),
    )
  );
}
