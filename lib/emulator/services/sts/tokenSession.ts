import { type Fields, isFields } from "../../../policy/policyFields.js";

/** What a token's claims give the session. */
export interface TokenSession {
  tags: Record<string, string>;
  transitive: string[];
  sourceIdentity: string | null;
  /** ARNs of the roles that the token is for; null: any. */
  roles: string[] | null;
}

const claim = (name: string) => `https://aws.amazon.com/${name}`;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp */
export function tokenSession(claims: Fields): TokenSession {
  const nested = claims[claim("tags")];
  const { principal_tags: given, transitive_tag_keys: transitive } = isFields(nested) ? nested : {};
  const tags: [key: string, value: string][] = [];
  for (const [key, value] of Object.entries(isFields(given) ? given : {})) {
    const [only, ...more]: unknown[] = Array.isArray(value) ? value : [];
    if (typeof only === "string" && more.length === 0) tags.push([key, only]);
  }
  const flat = claim("tags/principal_tags/");
  for (const [name, value] of Object.entries(claims)) {
    if (name.startsWith(flat) && typeof value === "string") tags.push([name.slice(flat.length), value]);
  }
  const sourceIdentity = claims[claim("source_identity")];
  return {
    tags: Object.fromEntries(tags),
    transitive: texts(transitive),
    sourceIdentity: typeof sourceIdentity === "string" ? sourceIdentity : null,
    roles: rolesOf(claims[claim("roles")]),
  };
}

/** A list, or a text with semicolons. */
function rolesOf(value: unknown): string[] | null {
  if (value === undefined || value === null) return null;
  const list = typeof value === "string" ? value.split(";") : texts(value);
  return list.map((one) => one.trim());
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
