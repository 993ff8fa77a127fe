import type { ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import { parseStatement } from "./parseStatement.js";
import { misspelt } from "./policyFields.js";
import { readDocument } from "./readDocument.js";

/**
 * Parses a policy document, keeping what is valid of a damaged one. Never throws, whatever it is given.
 *
 * What is damaged (specification, section 4.6) is told in `damage` with its place, as
 * `Statement[1].Effect: expected "Allow" or "Deny"`; a damaged statement is left out, the others stay. Left out, Version
 * means 2008-10-17. Element names are read in AWS's spelling only: IAM refuses others.
 *
 * @param document an object, its JSON text, or its text as IAM returns it, URL-encoded, as `readDocument` reads it. Null,
 * where it could not be read, is damaged.
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
  return parseRead(readDocument(document), options.principalRequired === true);
}

/** The same of a document that was read, or of what is wrong with it. */
export function parseRead(read: ReturnType<typeof readDocument>, isPrincipalRequired: boolean): ParsedPolicy {
  if ("problem" in read) return { version: "2008-10-17", statements: [], damage: [read.problem], naming: new Map() };
  const damage: string[] = [];
  const { Version: version = "2008-10-17", Statement: written } = read.fields;
  const isVersion = version === "2012-10-17" || version === "2008-10-17";
  if (!isVersion) damage.push('Version: expected "2012-10-17" or "2008-10-17"');
  const odd = misspelt(read.fields, ["Version", "Id", "Statement"]);
  if (odd !== null) damage.push(odd);
  const statements: ParsedStatement[] = [];
  if (typeof written !== "object" || written === null)
    damage.push("Statement: expected an object or a list of objects");
  else {
    for (const [index, statement] of (Array.isArray(written) ? written : [written]).entries()) {
      const parsed = parseStatement(statement, index, isPrincipalRequired);
      if (typeof parsed === "string") damage.push(`Statement[${index}]${parsed}`);
      else statements.push(parsed);
    }
  }
  return { version: isVersion ? version : "2008-10-17", statements, damage, naming: new Map() };
}
