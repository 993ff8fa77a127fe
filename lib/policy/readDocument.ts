import { firstTooDeep } from "./firstTooDeep.js";
import { type Fields, isFields } from "./policyFields.js";

/** More than this is taken as damaged: no policy of AWS is nearly as long. */
const longest = 1_000_000;

/** Deeper than any policy's grammar goes, and shallow enough for whatever walks a document afterwards. */
const deepest = 100;

/** A policy document that could be read. */
export interface ReadDocument {
  /** Its JSON text, without byte order mark and URL-encoding, otherwise as written: an edit keeps its formatting. */
  text: string;
  /** Its fields, as JSON.parse gives them, and nobody else's: they may be changed. */
  fields: Fields;
}

/**
 * The one reader of policy documents: whoever judges, edits, redacts or serves a policy reads it here, so that all read
 * the same. Never throws, whatever it is given.
 *
 * @param document an object, its JSON text, or its text as IAM returns it, URL-encoded by RFC 3986 (so that `+` is a
 * plus); a byte order mark and blanks around it do no harm. Null, where it could not be read, is a problem.
 * @returns the document, or what is wrong with it: no JSON object, longer than 1,000,000 characters, nested more than
 * 100 levels deep, or leading back into itself
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html (URL-encoded, RFC 3986)
 *
 * @example
 * const read = readDocument("%7B%22Statement%22%3A%5B%5D%7D");
 * if (!("problem" in read)) console.log(read.text, read.fields.Statement); // {"Statement":[]} []
 */
export function readDocument(document: string | object | null): ReadDocument | { problem: string } {
  return typeof document === "string" ? readText(document) : readObject(document);
}

function readObject(document: object | null): ReadDocument | { problem: string } {
  let text: string | undefined;
  try {
    if (firstTooDeep(document, deepest, longest) === null) text = JSON.stringify(document);
  } catch {
    // With a bigint in it, or a getter or a toJSON that throws.
  }
  // Undefined too where a toJSON says so.
  return text === undefined ? { problem: "expected a JSON object" } : readText(text);
}

function readText(text: string): ReadDocument | { problem: string } {
  if (text.length > longest) return { problem: `expected at most ${longest} characters, found ${text.length}` };
  const read = parsed(text) ?? parsed(urlDecoded(text));
  if (read === null) return { problem: "expected the JSON text of an object" };
  const { value } = read;
  if (!isFields(value)) return { problem: "expected a JSON object" };
  if (firstTooDeep(value, deepest) !== null) return { problem: `expected at most ${deepest} levels` };
  return { text: read.text, fields: value };
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Null where a text is no JSON. Blanks of JSON's own stay, as part of how it is written; others go. */
function parsed(text: string): { text: string; value: unknown } | null {
  for (const plain of [text.replace(/^\uFEFF/, ""), text.trim()]) {
    try {
      return { text: plain, value: JSON.parse(plain) };
    } catch {
      // Not JSON in this spelling.
    }
  }
  return null;
}
