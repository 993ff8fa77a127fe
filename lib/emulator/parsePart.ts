import * as v from "valibot";
import { isFields } from "../policy/policyFields.js";
import { issueInWords } from "./issueInWords.js";
import { WorldFormatError } from "./WorldFormatError.js";

/**
 * A world, or a part of one, with what is usual filled in.
 *
 * @param anyNames ids and names need not have AWS's form; default: as the part itself says
 * @throws WorldFormatError with the JSON path and what was expected there
 */
export function parsePart<S extends v.GenericSchema>(schema: S, input: unknown, anyNames?: boolean): v.InferOutput<S> {
  const { typed, output, issues: [issue] = [] } = v.safeParse(schema, input);
  const mayNames = anyNames ?? (isFields(input) && input.anyNames === true);
  if (issue !== undefined && !(typed && mayNames)) {
    const { path, expected } = issueInWords(issue);
    throw new WorldFormatError(path, expected);
  }
  restoreNames(input, output);
  return output as v.InferOutput<S>;
}

/** Tags may be called "constructor" or "__proto__", which valibot leaves out of records. */
function restoreNames(input: unknown, output: unknown): void {
  if (typeof input !== "object" || input === null || typeof output !== "object" || output === null) return;
  for (const [name, value] of Object.entries(input)) {
    const known = Object.getOwnPropertyDescriptor(output, name);
    // Documents are taken over as they are.
    if (known !== undefined && known.value !== value) restoreNames(value, known.value);
    if (known === undefined) {
      Object.defineProperty(output, name, { value, enumerable: true, writable: true, configurable: true });
    }
  }
}
