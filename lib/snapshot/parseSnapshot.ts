import * as v from "valibot";
import { firstTooDeep } from "../policy/firstTooDeep.js";
import { formatIssue, misplacedList, pathText, shownText } from "./formatIssue.js";
import type { Snapshot } from "./Snapshot.js";
import { SnapshotFormatError } from "./SnapshotFormatError.js";
import { shieldNames } from "./shieldNames.js";
import { snapshotSchema } from "./snapshotSchema.js";

/** A snapshot has eight, a policy in it five more, an answer of the simulator six: what goes further was made to. */
const deepest = 200;

/** Parts of an object whose parts share parts, as aliases of YAML make them, counted as JSON would write them. */
const largest = 20_000_000;

/**
 * Checks a snapshot at the door. Fields that the specification does not list are kept.
 *
 * @param input the snapshot as JSON text or as an object; an object is not changed
 * @throws SnapshotFormatError with the JSON path and what was expected there
 * @example
 * const snapshot = parseSnapshot(await readFile("denied.snapshot.json", "utf8"));
 */
export function parseSnapshot(input: string | object): Snapshot {
  const document: unknown = typeof input === "string" ? parseJson(input) : input;
  const deep = firstTooDeep(document, deepest, largest);
  if (deep !== null)
    throw new SnapshotFormatError(pathText(deep), `expected at most ${deepest} levels and ${largest} parts`);
  const shielded = shieldNames(document);
  const result = v.safeParse(snapshotSchema, shielded, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const { path, expected } = formatIssue(issue);
    throw new SnapshotFormatError(path, expected);
  }
  const list = misplacedList(shielded, result.output);
  if (list !== null) throw new SnapshotFormatError(list.path, list.expected);
  // The document itself, not valibot's output, so that fields added by a later version are not lost.
  return document as Snapshot;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new SnapshotFormatError("", `expected JSON (${shownText(String(cause).replace("SyntaxError: ", ""))})`, {
      cause,
    });
  }
}
