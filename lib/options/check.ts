import { InvalidRequestError } from "./InvalidRequestError.js";
import { nearest } from "./nearest.js";

/** Says what a value must be, or null where it is that. Never shows the value: it may be a credential. */
export type Check = (value: unknown, field: string) => void;

/** An object with these fields and no others; a field that is left out, or undefined, is not checked. */
export function fields(checks: Readonly<Record<string, Check>>, what = "an object"): Check {
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

/** A value for which `holds` is true. */
export function that(holds: (value: unknown) => boolean, expected: string): Check {
  return (value, field) => {
    if (!holds(value)) throw new InvalidRequestError(field, `expected ${expected}, found ${kindOf(value)}`);
  };
}

function unknownField(field: string, name: string, known: readonly string[]): InvalidRequestError {
  const meant = nearest(name, known);
  const hint = meant === null ? `expected one of ${known.join(", ")}` : `did you mean ${meant}?`;
  return new InvalidRequestError(field, `is not known; ${hint}`);
}

/** What sort of value was found, without showing it. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return String(value);
  if (value === "") return "an empty string";
  return value instanceof Date ? "an invalid Date" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
