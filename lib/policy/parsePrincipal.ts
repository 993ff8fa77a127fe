import { parsePrincipalArn } from "../facts/arn.js";
import type { NamedPrincipal, ParsedStatement } from "./ParsedPolicy.js";
import { type Fields, isFields, textList } from "./policyFields.js";

const types: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/**
 * Parses Principal or NotPrincipal; null where a statement has neither, and needs none.
 *
 * @returns the names with their types, or what is wrong, as `.Principal: expected ...`
 */
export function parsePrincipal(
  { Principal: plain, NotPrincipal: negated }: Fields,
  isRequired: boolean,
): ParsedStatement["principal"] | string {
  if (plain === undefined && negated === undefined) {
    return isRequired ? ".Principal: expected Principal or NotPrincipal" : null;
  }
  if (plain !== undefined && negated !== undefined) return ".Principal: expected either Principal or NotPrincipal";
  const isNegated = plain === undefined;
  const element = isNegated ? negated : plain;
  const place = isNegated ? ".NotPrincipal" : ".Principal";
  if (element === "*") return { negated: isNegated, names: [{ type: "AWS", name: "*", arn: null }] };
  if (!isFields(element)) return `${place}: expected "*" or an object`;
  const names: NamedPrincipal[] = [];
  for (const [type, list] of Object.entries(element)) {
    if (!types.has(type)) return `${place}.${type}: expected AWS, Service, Federated or CanonicalUser`;
    const found = textList(list);
    if (found === null) return `${place}.${type}: expected text or a list of texts`;
    for (const name of found) names.push({ type, name, arn: type === "AWS" ? parsePrincipalArn(name) : null });
  }
  return { negated: isNegated, names };
}
