import * as v from "valibot";
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
    throw new SnapshotFormatError(pathOf(issue), expectedOf(issue));
  }
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

function pathOf(issue: v.BaseIssue<unknown>): string {
  let path = "";
  for (const { key } of issue.path ?? []) {
    if (typeof key === "number") path += `[${key}]`;
    else if (typeof key === "string" && /^[A-Za-z_]\w*$/.test(key)) path += path === "" ? key : `.${key}`;
    else path += `[${JSON.stringify(key)}]`;
  }
  return path;
}

function expectedOf(issue: v.BaseIssue<unknown>): string {
  if (issue.received === "undefined") return `${issue.expected ?? "a value"} expected, but it is missing`;
  // Our own messages say what was expected; valibot's own start with "Invalid".
  if (!issue.message.startsWith("Invalid")) return `${issue.message}; received ${issue.received}`;
  return `expected ${issue.expected ?? "another value"}; received ${issue.received}`;
}
