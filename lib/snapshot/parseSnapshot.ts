import * as v from "valibot";
import { formatIssue, misplacedList } from "./formatIssue.js";
import type { Snapshot } from "./Snapshot.js";
import { SnapshotFormatError } from "./SnapshotFormatError.js";
import { snapshotSchema } from "./snapshotSchema.js";

/**
 * Checks a snapshot at the door. Fields that the contract does not list are kept.
 *
 * @param input the snapshot as JSON text or as an object; an object is not changed
 * @throws SnapshotFormatError with the JSON path and what was expected there
 * @example
 * const snapshot = parseSnapshot(await readFile("denied.snapshot.json", "utf8"));
 */
export function parseSnapshot(input: string | object): Snapshot {
  const document: unknown = typeof input === "string" ? parseJson(input) : input;
  const result = v.safeParse(snapshotSchema, document);
  if (!result.success) {
    const [issue] = result.issues;
    const { path, expected } = formatIssue(issue);
    throw new SnapshotFormatError(path, expected);
  }
  const list = misplacedList(document, result.output);
  if (list !== null) throw new SnapshotFormatError(list.path, list.expected);
  // The document itself, not valibot's output, so that fields added by a later version are not lost.
  return document as Snapshot;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new SnapshotFormatError("", `expected JSON (${cause instanceof Error ? cause.message : String(cause)})`, {
      cause,
    });
  }
}
