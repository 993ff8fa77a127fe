import type { ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import { parseStatement } from "./parseStatement.js";
import { type Fields, isFields, misspelt } from "./policyFields.js";

/** More than this is taken as damaged: no policy of AWS is nearly as long. */
const longest = 1_000_000;

/**
 * Parses a policy document, keeping what is valid of a damaged one. Never throws, whatever it is given.
 *
 * What is damaged (contract, section 4.6) is told in `damage` with its place, as
 * `Statement[1].Effect: expected "Allow" or "Deny"`; a damaged statement is left out, the others stay. Left out, Version
 * means 2008-10-17. Element names are read in AWS's spelling only: IAM refuses others.
 *
 * @param document an object, its JSON text, or its text as IAM returns it, URL-encoded by RFC 3986 (so that `+` is a
 * plus); a byte order mark and blanks around it do no harm. Null, where it could not be read, is damaged.
 * @param options.principalRequired key, resource control and VPC endpoint policies need a Principal in every statement;
 * false by default
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 *
 * @example
 * const { statements, damage } = parsePolicy('{"Version":"2012-10-17","Statement":[]}');
 */
export function parsePolicy(
  document: string | object | null,
  options: { principalRequired?: boolean } = {},
): ParsedPolicy {
  const fields = typeof document === "string" ? fieldsOfText(document) : fieldsOfObject(document);
  if (typeof fields === "string") return { version: "2008-10-17", statements: [], damage: [fields] };

  const damage: string[] = [];
  const { Version: version = "2008-10-17", Statement: written } = fields;
  const isVersion = version === "2012-10-17" || version === "2008-10-17";
  if (!isVersion) damage.push('Version: expected "2012-10-17" or "2008-10-17"');
  const odd = misspelt(fields, ["Version", "Id", "Statement"]);
  if (odd !== null) damage.push(odd);
  const statements: ParsedStatement[] = [];
  if (typeof written !== "object" || written === null)
    damage.push("Statement: expected an object or a list of objects");
  else {
    for (const [index, statement] of (Array.isArray(written) ? written : [written]).entries()) {
      const parsed = parseStatement(statement, index, options.principalRequired === true);
      if (typeof parsed === "string") damage.push(`Statement[${index}]${parsed}`);
      else statements.push(parsed);
    }
  }
  return { version: isVersion ? version : "2008-10-17", statements, damage };
}

/** The document's fields as JSON has them, or what is wrong with it. */
export function fieldsOfObject(document: object | null): Fields | string {
  let text: string | undefined;
  try {
    text = JSON.stringify(document);
  } catch {
    // Circular, too deep, or with a bigint in it.
  }
  // Undefined too where a toJSON says so.
  return text === undefined ? "expected a JSON object" : fieldsOfText(text);
}

/** The same of a document's text, also URL-encoded. */
export function fieldsOfText(text: string): Fields | string {
  if (text.length > longest) return `expected at most ${longest} characters, found ${text.length}`;
  for (const decode of [(plain: string) => plain, decodeURIComponent]) {
    try {
      // Trimming takes a byte order mark away too.
      const value: unknown = JSON.parse(decode(text).trim());
      return isFields(value) ? value : "expected a JSON object";
    } catch {
      // Not JSON in this spelling.
    }
  }
  return "expected the JSON text of an object";
}
