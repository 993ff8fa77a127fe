import type { Call } from "./Call.js";
import { denials } from "./requireAllowed.js";
import { ServiceError } from "./ServiceError.js";

/**
 * Refuses what the world says nobody may read.
 *
 * @throws ServiceError the service's own denial, with AWS's short message
 */
export function refuseReads({ state, session, service, operation, input }: Call): void {
  for (const refused of state.world.refusedReads ?? []) {
    if (refused.operation !== `${service}:${operation}`) continue;
    const fits = Object.entries(refused.input ?? {}).every(([name, value]) => input[name] === value);
    if (!fits) continue;
    const { code, status } = denials[service];
    throw new ServiceError(
      code,
      `User: ${session.arn} is not authorized to perform: ${refused.operation}: the emulator's world refuses it to everybody`,
      status,
    );
  }
}
