/** As much of JSON Schema as the published schemas use. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

const known = new Set([
  "$schema",
  "title",
  "type",
  "const",
  "enum",
  "pattern",
  "minLength",
  "properties",
  "required",
  "additionalProperties",
  "propertyNames",
  "items",
  "anyOf",
  "oneOf",
]);

/** The first place where a value does not fit a schema, or null; throws on a keyword that it does not know. */
export function misfit(schema: JsonSchema, value: unknown, path = "$"): string | null {
  for (const keyword of Object.keys(schema)) {
    if (!known.has(keyword)) throw new Error(`${path}: JSON Schema keyword ${keyword} is not known here`);
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) {
    const misfits = alternatives.map((alternative) => misfit(alternative, value, path));
    return misfits.includes(null) ? null : (misfits.find((found) => found !== path) ?? path);
  }
  if (schema.const !== undefined && value !== schema.const) return path;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return path;
  if (schema.type !== undefined && ![schema.type].flat().includes(typeOf(value))) return path;
  if (typeof value === "string") {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) return path;
    if (schema.minLength !== undefined && value.length < schema.minLength) return path;
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return null;
    return first(value.map((item, index) => misfit(items, item, `${path}[${index}]`)));
  }
  if (typeof value !== "object" || value === null) return null;
  for (const name of schema.required ?? []) if (!(name in value)) return `${path}.${name}`;
  return first(
    Object.entries(value).map(([name, item]) => {
      if (schema.propertyNames !== undefined && misfit(schema.propertyNames, name) !== null) return `${path}.${name}`;
      const property = schema.properties?.[name] ?? schema.additionalProperties;
      if (property === false) return `${path}.${name}`;
      return typeof property === "object" ? misfit(property, item, `${path}.${name}`) : null;
    }),
  );
}

function first(misfits: (string | null)[]): string | null {
  return misfits.find((found) => found !== null) ?? null;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
