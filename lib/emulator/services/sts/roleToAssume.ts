import { parsePrincipalArn } from "../../../facts/arn.js";
import type { Call } from "../../Call.js";
import { requiredText } from "../../input.js";
import { byName, roleArn } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldRole } from "../../World.js";

/** The role that a call wants to become a session of, and the session's name. */
export interface RoleToAssume {
  arn: string;
  owner: string;
  /** Undefined: there is none. */
  role: WorldRole | undefined;
  sessionName: string;
}

/** @throws ServiceError ValidationError, in the words that were captured (aws-behaviour, sts-answers) */
export function roleToAssume({ state, input }: Call): RoleToAssume {
  const arn = requiredText(input, "RoleArn");
  const sessionName = requiredText(input, "RoleSessionName");
  const named = parsePrincipalArn(arn);
  if (named?.kind !== "role") throw new ServiceError("ValidationError", `${arn} is invalid`);
  const wrong = wrongName(sessionName);
  if (wrong !== null) {
    throw new ServiceError(
      "ValidationError",
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must ${wrong}`,
    );
  }
  const account = state.world.accounts.find(({ id }) => id === named.accountId);
  const found = byName(account?.roles ?? [], named.name);
  // A wrong path names another role.
  const isNamed = found !== undefined && roleArn(state.world, named.accountId, found) === arn;
  return { arn, owner: named.accountId, role: isNamed ? found : undefined, sessionName };
}

function wrongName(name: string): string | null {
  if (!/^[\w+=,.@-]*$/.test(name)) return "satisfy regular expression pattern: [\\w+=,.@-]*";
  return name.length < 2 ? "have length greater than or equal to 2" : null;
}
