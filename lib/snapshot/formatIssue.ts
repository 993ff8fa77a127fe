import type * as v from "valibot";

/** What is wrong with a document: where, and what was expected there. */
export interface FormatIssue {
  /** As `policies.identity.value[0].name`; "" is the document itself. */
  path: string;
  expected: string;
}

/** A validation issue in words; a list where a map belongs is told at the list itself. */
export function formatIssue(issue: v.BaseIssue<unknown>): FormatIssue {
  const keys: unknown[] = [];
  for (const item of issue.path ?? []) {
    if (Array.isArray(item.input) && item.type !== "array") return listForMap(keys);
    keys.push(item.key);
  }
  return { path: pathText(keys), expected: expectedOf(issue) };
}

/** A list that validation took for a map, since it has no wrong entries; null where there is none. */
export function misplacedList(input: unknown, output: unknown, keys: unknown[] = []): FormatIssue | null {
  if (Array.isArray(input) && !Array.isArray(output) && typeof output === "object" && output !== null) {
    return listForMap(keys);
  }
  if (typeof input !== "object" || input === null || typeof output !== "object" || output === null) return null;
  for (const [key, value] of Object.entries(output)) {
    const found = misplacedList((input as Record<string, unknown>)[key], value, [
      ...keys,
      Array.isArray(output) ? Number(key) : key,
    ]);
    if (found !== null) return found;
  }
  return null;
}

function listForMap(keys: unknown[]): FormatIssue {
  return { path: pathText(keys), expected: "expected Object; received Array" };
}

function pathText(keys: readonly unknown[]): string {
  let path = "";
  for (const key of keys) {
    if (typeof key === "number") path += `[${key}]`;
    else if (typeof key === "string" && /^[A-Za-z_]\w*$/.test(key)) path += path === "" ? key : `.${key}`;
    else path += `[${JSON.stringify(key)}]`;
  }
  return path;
}

function expectedOf(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === "never") return "no field of this name is known";
  if (issue.received === "undefined") return `${issue.expected ?? "a value"} expected, but it is missing`;
  // Of a text's length valibot tells the number; a person wants to see the text.
  const received = typeof issue.input === "string" ? JSON.stringify(issue.input.slice(0, 200)) : issue.received;
  // Our own messages say what was expected; valibot's own start with "Invalid".
  if (!issue.message.startsWith("Invalid")) return `${issue.message}; received ${received}`;
  return `expected ${issue.expected ?? "another value"}; received ${received}`;
}
