import type * as v from "valibot";
import { unshieldName } from "./shieldNames.js";

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
export function misplacedList(input: unknown, output: unknown): FormatIssue | null {
  const keys = pathToList(input, output);
  return keys === null ? null : listForMap(keys.reverse());
}

/** From inside out. */
function pathToList(input: unknown, output: unknown): unknown[] | null {
  // What validation hands on as it is it has not taken for anything.
  if (input === output || !isFields(input) || !isFields(output)) return null;
  if (Array.isArray(input) && !Array.isArray(output)) return [];
  for (const key in output) {
    const found = pathToList(input[key], output[key]);
    if (found === null) continue;
    found.push(Array.isArray(output) ? Number(key) : key);
    return found;
  }
  return null;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function listForMap(keys: unknown[]): FormatIssue {
  return { path: pathText(keys), expected: "expected Object; received Array" };
}

/** Longer paths and texts are cut: a message is for a person, and what it quotes may be a megabyte. */
const longest = 200;

/** A path in words, as `policies.identity.value[0].name`. */
export function pathText(keys: readonly unknown[]): string {
  let path = "";
  for (const key of keys) {
    const step = stepText(typeof key === "string" ? unshieldName(key) : key);
    if (path.length + step.length > longest && path !== "") return `${path}...`;
    path += path === "" && step.startsWith(".") ? step.slice(1) : step;
  }
  return path;
}

function stepText(key: unknown): string {
  if (typeof key === "number") return `[${key}]`;
  const name = String(key);
  return name.length <= longest && /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}

/** A text that somebody else wrote, cut short, with its controls and invisible signs spelled out. */
export function shownText(text: string): string {
  return spelledOut(cutShort(text));
}

function quoted(text: string): string {
  return spelledOut(JSON.stringify(cutShort(text)));
}

function cutShort(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

function spelledOut(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}

function expectedOf(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === "never") return "no field of this name is known";
  if (issue.received === "undefined") return `${issue.expected} expected, but it is missing`;
  // Of a text's length valibot tells the number; a person wants to see the text.
  const received = typeof issue.input === "string" ? quoted(issue.input) : issue.received;
  // Our own messages say what was expected; valibot's own start with "Invalid".
  if (!issue.message.startsWith("Invalid")) return `${issue.message}; received ${received}`;
  return `expected ${issue.expected}; received ${received}`;
}
