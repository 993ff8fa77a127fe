import { InvalidRequestError } from "./InvalidRequestError.js";
import { nearest } from "./nearest.js";

/** Refuses a value that is not what it must be, by an InvalidRequestError that names the field. */
export type FieldRule = (value: unknown, field: string) => void;

/** An object with these fields and no others; a field that is left out, or undefined, is not checked. */
export function fields(checks: Readonly<Record<string, FieldRule>>, what = "an object"): FieldRule {
  return (value, field) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new InvalidRequestError(field, `expected ${what}, found ${kindOf(value)}`);
    }
    for (const [name, item] of Object.entries(value)) {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      if (check === undefined) throw unknownField(`${field}.${name}`, name, Object.keys(checks));
      if (item !== undefined) check(item, `${field}.${name}`);
    }
  };
}

/**
 * A value for which `holds` is true.
 *
 * @param found how a wrong value is shown; by default only its kind, since it may be a credential
 */
export function that(holds: (value: unknown) => boolean, expected: string, found = kindOf): FieldRule {
  return (value, field) => {
    if (!holds(value)) throw new InvalidRequestError(field, `expected ${expected}, found ${found(value)}`);
  };
}

function unknownField(field: string, name: string, known: readonly string[]): InvalidRequestError {
  const meant = nearest(name, known);
  const hint = meant === null ? `expected one of ${known.join(", ")}` : `did you mean ${meant}?`;
  return new InvalidRequestError(field, `is not known; ${hint}`);
}

/** A text as it was found, cut where it is long; of what is no text, its kind. */
export function shown(value: unknown): string {
  if (typeof value !== "string" || value === "") return kindOf(value);
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value);
}

/** What sort of value was found, without showing it. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return String(value);
  if (value === "") return "an empty string";
  return value instanceof Date ? "an invalid Date" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
