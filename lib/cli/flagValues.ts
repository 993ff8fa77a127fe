import { InvalidArgumentError } from "commander";
import type { ContextValue } from "../policy/ContextValue.js";

/*
 * What options of the command line are given, as text, and what it means.
 */

/** Each time it is given, one more. */
export function collectText(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** KEY=VALUE. */
export function collectTag(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Expected KEY=VALUE.");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** A condition key: KEY=VALUE, KEY:absent or KEY:present; a key given again makes a list. */
export function collectContext(text: string, before: Record<string, ContextValue>): Record<string, ContextValue> {
  const state = /^(.+):(absent|present)$/.exec(text);
  if (state?.[1] !== undefined && !text.includes("=")) {
    return { ...before, [state[1]]: state[2] === "absent" ? null : { present: true } };
  }
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Expected KEY=VALUE, KEY:absent or KEY:present.");
  const key = text.slice(0, at);
  const value = text.slice(at + 1);
  // As it stands in our own next steps: nobody calls from there.
  if (value === "VALUE") throw new InvalidArgumentError("VALUE stands for what you know of it: fill it in.");
  const known = before[key];
  const joined = typeof known === "string" ? [known, value] : Array.isArray(known) ? [...known, value] : value;
  return { ...before, [key]: joined };
}

/** At most an hour. */
export function minutes(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 60)) throw new InvalidArgumentError("Expected a number of minutes above 0, at most 60.");
  return value;
}

/** Any number above 0. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError("Expected a number of seconds above 0.");
  return value;
}
