import { memberLengths } from "../facts/memberLengths.js";
import type { Call } from "./Call.js";
import { textOf, textsOf } from "./input.js";
import { ServiceError } from "./ServiceError.js";

/** Of a longer one an error does not tell all. */
const longestShown = 2048;

/**
 * Refuses texts that are longer than their service takes.
 *
 * @throws ServiceError
 */
export function requireLengths({ service, input }: Call): void {
  for (const [member, most] of Object.entries(memberLengths[service] ?? {})) {
    const single = textOf(input, member);
    const texts = single === undefined ? (textsOf(input, member) ?? []) : [single];
    const long = texts.find(({ length }) => length > most);
    if (long === undefined) continue;
    const place = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
    const value = long.length > longestShown ? "" : ` '${long}'`;
    const text = `1 validation error detected: Value${value} at '${place}' failed to satisfy constraint: Member must have length less than or equal to ${most}`;
    if (service === "organizations") {
      throw new ServiceError("InvalidInputException", text, 400, { Reason: "MAX_LENGTH_EXCEEDED" });
    }
    throw new ServiceError(service === "kms" ? "ValidationException" : "ValidationError", text, 400);
  }
}
