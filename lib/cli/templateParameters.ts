import { scalarText } from "../plan/PlanPlace.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { readInput } from "./readInput.js";

/**
 * Parameters of a template as the AWS CLI takes them: `Key=Value`, or a file (also as `file://FILE`) with `[{ "ParameterKey", "ParameterValue" }]`,
 * `{ "Parameters": { ... } }` or `{ "Key": "Value" }`.
 *
 * @throws CliError naming what was wrong
 */
export async function templateParameters(given: readonly string[], io: CliIo): Promise<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (const one of given) {
    const at = one.indexOf("=");
    if (at > 0) pairs.push([one.slice(0, at), one.slice(at + 1)]);
    else pairs.push(...parametersIn(one, await readInput("--parameters", one.replace(/^file:\/\//, ""), io)));
  }
  return Object.fromEntries(pairs);
}

function parametersIn(file: string, text: string): [string, string][] {
  const wrong = (what: string) =>
    new CliError(
      `--parameters ${file}: ${what}; expected KEY=VALUE, or a file with [{ "ParameterKey": ..., "ParameterValue": ... }] or { "KEY": "VALUE" }`,
    );
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw wrong(`it is no JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  if (typeof document !== "object" || document === null) throw wrong("it holds no parameters");
  const listed: [string, unknown][] = Array.isArray(document)
    ? document.map((one: { ParameterKey?: unknown; ParameterValue?: unknown } | null) => [
        String(one?.ParameterKey),
        one?.ParameterValue,
      ])
    : Object.entries("Parameters" in document ? (document.Parameters ?? {}) : document);
  return listed.map(([key, value]) => {
    const text = scalarText(value);
    if (text === undefined) throw wrong(`${key} has no text for a value`);
    return [key, text];
  });
}
