import type { Input } from "./Call.js";
import { ServiceError } from "./ServiceError.js";

/** Readers of an operation's input: what is not there, or is of another type, is undefined. */

export function textOf(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** @throws ServiceError ValidationError, or the code given */
export function requiredText(input: Input, name: string, code = "ValidationError"): string {
  const value = textOf(input, name);
  if (value !== undefined && value !== "") return value;
  const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  throw new ServiceError(
    code,
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A number, also where the protocol writes it as text. */
export function numberOf(input: Input, name: string): number | undefined {
  const value = input[name];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** True also for the query protocol's "true". */
export function flagOf(input: Input, name: string): boolean | undefined {
  const value = input[name];
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

export function textsOf(input: Input, name: string): string[] | undefined {
  const value = input[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;
}

export function objectsOf(input: Input, name: string): Input[] | undefined {
  const value = input[name];
  return Array.isArray(value) ? value.filter(isObject) : undefined;
}

export function objectOf(input: Input, name: string): Input | undefined {
  const value = input[name];
  return isObject(value) ? value : undefined;
}

/** A map of texts, as BackupVaultTags. */
export function textMapOf(input: Input, name: string): Record<string, string> {
  const entries = Object.entries(objectOf(input, name) ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** Tags as IAM, STS (Key, Value) and KMS (TagKey, TagValue) write them. */
export function tagsOf(input: Input, name = "Tags"): Record<string, string> {
  const pairs = (objectsOf(input, name) ?? []).flatMap((tag): [string, string][] => {
    const key = textOf(tag, "Key") ?? textOf(tag, "TagKey");
    return key === undefined ? [] : [[key, textOf(tag, "Value") ?? textOf(tag, "TagValue") ?? ""]];
  });
  // A tag's key may be __proto__.
  return Object.fromEntries(pairs);
}

export function isObject(value: unknown): value is Input {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
