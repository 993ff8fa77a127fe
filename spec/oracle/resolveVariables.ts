import { asItself } from "./wildcard.js";

/**
 * Puts values where policy variables stand: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the character
 * itself. Only in Version 2012-10-17, only single-valued keys; a default serves a key that is absent. Null: a variable has
 * no value, so the text matches nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resolveVariables(
  text: string,
  version: string,
  contextValue: (key: string) => string | string[] | null,
): string | null {
  if (version !== "2012-10-17") return text;
  let hasValues = true;
  const resolved = text.replace(/\$\{([^}]*)\}/g, (_whole, inside: string) => {
    if (inside === "*" || inside === "?" || inside === "$") return asItself(inside);
    const [, key = "", fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside) ?? [];
    const value = contextValue(key);
    if (typeof value === "string") return asItself(value);
    if (value === null && fallback !== undefined) return asItself(fallback);
    hasValues = false;
    return "";
  });
  return hasValues ? resolved : null;
}
