import * as v from "valibot";

/**
 * An answer, once it is known to be as AWS documents it.
 *
 * @throws an error by the name of MalformedResponse that names the member that does not fit, and never shows its value
 */
export function fitting<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const parsed = v.safeParse(schema, answer, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const member = v.getDotPath(issue) ?? "the answer";
  const found = issue.input === null ? "null" : Array.isArray(issue.input) ? "an array" : typeof issue.input;
  const error = new Error(`${member} is not as documented (${found})`);
  error.name = "MalformedResponse";
  throw error;
}
