import { isFields } from "../policy/policyFields.js";
import type { Call, Output } from "./Call.js";
import { denials } from "./requireAllowed.js";
import { ServiceError } from "./ServiceError.js";
import type { WorldRefusedRead } from "./World.js";

/**
 * Refuses what the world says nobody may read.
 *
 * @throws ServiceError the service's own denial, with AWS's short message
 */
export function refuseReads(call: Call): void {
  const { session, service } = call;
  const refused = refusalsOf(call).find(({ without }) => without === undefined);
  if (refused === undefined) return;
  const { code, status } = denials[service];
  throw new ServiceError(
    code,
    `User: ${session.arn} is not authorized to perform: ${refused.operation}: the emulator's world refuses it to everybody`,
    status,
  );
}

/** The answer without the members that the world keeps to itself. */
export function withholdMembers(call: Call, answer: Output | undefined): Output | undefined {
  if (answer === undefined) return answer;
  return refusalsOf(call)
    .flatMap(({ without = [] }) => without)
    .reduce<Output>((told, path) => withoutMember(told, path.split(".")), answer);
}

function refusalsOf({ state, service, operation, input }: Call): WorldRefusedRead[] {
  return (state.world.refusedReads ?? []).filter(
    (refused) =>
      refused.operation === `${service}:${operation}` &&
      Object.entries(refused.input ?? {}).every(([name, value]) => input[name] === value),
  );
}

function withoutMember(members: Output, [name = "", ...rest]: string[]): Output {
  const inner = members[name];
  const told = rest.length > 0 && isFields(inner) ? withoutMember(inner, rest) : undefined;
  return { ...members, [name]: told };
}
