import type { Call } from "../../Call.js";
import { requiredText, textOf } from "../../input.js";
import { byName } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";

/**
 * The name and path of what shall be made.
 *
 * @throws ServiceError ValidationError
 */
export function newName({ input }: Call, member: string): { name: string; path: string } {
  const name = requiredText(input, member);
  if (!/^[\w+=,.@-]+$/.test(name)) {
    const told = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
    throw new ServiceError(
      "ValidationError",
      `The specified value for ${told} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
  const path = textOf(input, "Path") ?? "/";
  if (!/^\/(?:[!-.0-~]+\/)*$/.test(path)) {
    throw new ServiceError(
      "ValidationError",
      "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    );
  }
  return { name, path };
}

/** @throws ServiceError EntityAlreadyExists */
export function requireFree(list: readonly { name: string }[], kind: string, name: string): void {
  if (byName(list, name) === undefined) return;
  throw new ServiceError("EntityAlreadyExists", `${kind} with name ${name} already exists.`, 409);
}
