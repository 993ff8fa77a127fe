import { firstTooDeep } from "../../policy/firstTooDeep.js";
import { ServiceError } from "../ServiceError.js";

/*
 * What the emulator takes of a body. No operation of these services needs nearly as much: the longest text is a policy of
 * 131,072 characters, which a form may write with three bytes a character.
 */

/** Bytes of a JSON body. */
export const mostJsonBytes = 1_048_576;
/** Bytes of a form: more than of any other body. */
export const mostFormBytes = 4 * 1_048_576;
/** Bytes of a form that nobody signed: a token, a policy and tags have their room. */
export const mostUnsignedBytes = 65_536;
const mostFields = 10_000;
const deepestField = 16;
const deepestValue = 64;
const mostValues = 100_000;

/**
 * A form's fields, with the parts of their names.
 *
 * @throws ServiceError MalformedQueryString where there are more than 10,000, or one's name has more than 16 parts
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export function formFields(form: string): { path: string[]; value: string }[] {
  let fields = 1;
  for (let at = form.indexOf("&"); at >= 0; at = form.indexOf("&", at + 1)) fields += 1;
  if (fields > mostFields) throw malformed(`more than ${mostFields} parameters`);
  return [...new URLSearchParams(form)].map(([name, value]) => {
    const path = name.split(".", deepestField + 1);
    if (path.length > deepestField) throw malformed(`a parameter's name of more than ${deepestField} parts`);
    return { path, value };
  });
}

function malformed(found: string): ServiceError {
  return new ServiceError("MalformedQueryString", `The query string contains a syntax error: ${found}.`, 404);
}

/** @throws ServiceError SerializationException where a JSON value is nested more than 64 levels, or has too many parts */
export function requireShallow(value: unknown): void {
  if (firstTooDeep(value, deepestValue, mostValues) === null) return;
  throw new ServiceError("SerializationException", `The body is nested more than ${deepestValue} levels, or too long.`);
}
