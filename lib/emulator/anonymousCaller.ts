import { arnOf } from "./arnOf.js";
import { bareSession } from "./bareSession.js";
import type { Input, ServiceName } from "./Call.js";
import type { Session } from "./Session.js";
import type { World } from "./World.js";
import type { WireRequest } from "./wire/WireRequest.js";

const open = "AssumeRoleWithWebIdentity";

/** Whether a request is to the one operation that nobody signs: its token tells who calls. */
export function isUnsignedCall(service: ServiceName, { headers, body, query }: WireRequest): boolean {
  if (service !== "sts" || headers.authorization !== undefined) return false;
  const form = body?.toString("latin1") || query;
  const actions = [...form.matchAll(/(?:^|&)Action=([^&]*)/g)].map(([, action]) => action);
  return actions.length > 0 && actions.every((action) => action === open);
}

/**
 * Somebody of whom nothing is known, in the account of the role that shall be assumed, also where the call is signed; null
 * for any other operation.
 */
export function anonymousCaller(
  world: World,
  service: ServiceName,
  operation: string,
  { RoleArn }: Input,
): Session | null {
  if (service !== "sts" || operation !== open) return null;
  const owner = typeof RoleArn === "string" ? arnOf(RoleArn).accountId : "";
  const accountId = world.accounts.some(({ id }) => id === owner) ? owner : arnOf(world.caller.arn).accountId;
  return {
    ...bareSession(),
    accessKeyId: "",
    secretAccessKey: "",
    sessionToken: null,
    kind: "anonymous",
    arn: "",
    principalArn: "",
    accountId,
    principalName: "",
    userId: "",
  };
}
