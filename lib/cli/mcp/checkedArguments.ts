import * as v from "valibot";
import { formatIssue } from "../../snapshot/formatIssue.js";
import { CliError } from "../CliError.js";
import type { GivenArguments, Tool } from "./Tool.js";

/** The JSON Schema of a tool's arguments, as assistants are told it. */
export function inputSchemaOf(tool: Tool) {
  const entries = Object.entries(tool.arguments);
  return {
    type: "object" as const,
    properties: Object.fromEntries(entries.map(([name, { description }]) => [name, { type: "string", description }])),
    required: entries.filter(([, { isRequired }]) => isRequired === true).map(([name]) => name),
    additionalProperties: false,
  };
}

/**
 * Checks what an assistant gave.
 *
 * @throws CliError naming the argument and what was expected
 */
export function checkedArguments(tool: Tool, given: unknown): GivenArguments {
  const schema = v.strictObject(
    Object.fromEntries(
      Object.entries(tool.arguments).map(([name, { isRequired }]) => [
        name,
        isRequired === true ? v.string() : v.optional(v.string()),
      ]),
    ),
  );
  const parsed = v.safeParse(schema, given ?? {});
  if (!parsed.success) {
    const { path, expected } = formatIssue(parsed.issues[0]);
    throw new CliError(`${tool.name}: ${path === "" ? "the arguments" : path}: ${expected}`);
  }
  // An assistant that has nothing to say of an argument may say so by an empty text.
  return Object.fromEntries(Object.entries(parsed.output).filter(([, text]) => text)) as GivenArguments;
}
