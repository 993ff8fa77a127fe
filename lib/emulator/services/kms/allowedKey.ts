import { parseArn } from "../../../facts/arn.js";
import { refusedInState } from "../../../facts/kms.js";
import type { CallContext } from "../../authorization/callContext.js";
import type { Call } from "../../Call.js";
import { thisResource } from "../../denialMessage.js";
import { flagOf, requiredText } from "../../input.js";
import { keyByName, keyContext } from "../../keys.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { Session } from "../../Session.js";
import type { WorldKey } from "../../World.js";

/** A key's id: a UUID, or that of a multi-Region key. */
const keyId = /^(?:mrk-[\da-f]{32}|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})$/i;

export interface KeyUse {
  /** Default: the input's KeyId. */
  keyId?: string;
  /** Whether the key may be named by an alias. Default: false. */
  byAlias?: boolean;
  /** Whether other accounts may do this at all. Default: false. */
  crossAccount?: boolean;
  context?: CallContext;
}

/**
 * The key that a call names, after asking whether the caller may do this with it.
 *
 * @throws ServiceError NotFoundException or AccessDeniedException
 */
export function allowedKey(call: Call, use: KeyUse = {}): WorldKey {
  const { state, session, region, operation } = call;
  const name = use.keyId ?? requiredText(call.input, "KeyId", "ValidationException");
  const action = `kms:${operation}`;
  if (use.byAlias !== true && name.includes("alias/")) {
    throw new ServiceError("NotFoundException", `Invalid keyId '${name}'`);
  }
  const key = keyByName(state.world, name, session.accountId, region);
  const owner = parseArn(key?.arn ?? name)?.accountId ?? session.accountId;
  const isForeign = owner !== session.accountId;
  if (key === null) throw notFound(call, name, action, isForeign);
  if (isForeign && use.crossAccount !== true && !session.isAuditor) throw hiddenFrom(session, action);
  try {
    requireAllowed(call, {
      action,
      resource: key.arn,
      ...(isForeign && { shownResource: thisResource }),
      resourceAccount: owner,
      key,
      context: {
        ...keyContext(key),
        "kms:CallerAccount": session.accountId,
        ...(name.includes("alias/") && { "kms:RequestAlias": name.slice(name.indexOf("alias/")) }),
        ...use.context,
      },
    });
  } catch (error) {
    // KMS does not tell other accounts whether a key is there.
    if (isForeign && error instanceof ServiceError && error.message.includes("resource-based policy")) {
      throw hiddenFrom(session, action);
    }
    throw error;
  }
  return key;
}

/** One that AWS did not make, so that it can be changed. */
export function ownKey(call: Call): WorldKey {
  const key = allowedKey(call);
  if (key.manager === "CUSTOMER") return key;
  throw new ServiceError("AccessDeniedException", `${key.arn} is an AWS managed key, which cannot be changed.`);
}

function notFound(call: Call, name: string, action: string, isForeign: boolean): ServiceError {
  const { state, session, region } = call;
  const named = parseArn(name);
  if (named !== null && named.region !== region) {
    return new ServiceError("NotFoundException", `Invalid arn ${named.region}`);
  }
  if (isForeign && !session.isAuditor) return hiddenFrom(session, action);
  const isAlias = name.includes("alias/");
  if (named === null && !isAlias && !keyId.test(name)) {
    return new ServiceError("NotFoundException", `Invalid keyId '${name}'`);
  }
  const resource = isAlias ? name : `key/${name}`;
  const arn = named !== null ? name : `arn:${state.world.partition}:kms:${region}:${session.accountId}:${resource}`;
  return new ServiceError("NotFoundException", isAlias ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`);
}

/** How KMS refuses another account, which it does not tell whether the key is there. */
export function hiddenFrom({ arn }: Session, action: string): ServiceError {
  return new ServiceError(
    "AccessDeniedException",
    `User: ${arn} is not authorized to perform: ${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
}

/**
 * @param action what is to be done; default: something that uses the key, as GenerateDataKey does
 * @throws ServiceError DisabledException or KMSInvalidStateException
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function requireUsable(key: WorldKey, action = "kms:GenerateDataKey"): void {
  if (refusedInState.get(key.state)?.has(action) === false) return;
  switch (key.state) {
    case "Disabled":
      throw new ServiceError("DisabledException", `${key.arn} is disabled.`);
    case "PendingDeletion":
      throw new ServiceError("KMSInvalidStateException", `${key.arn} is pending deletion.`);
    case "PendingImport":
      throw new ServiceError("KMSInvalidStateException", `${key.arn} is pending import.`);
    default:
      throw new ServiceError("KMSInvalidStateException", `${key.arn} is ${key.state}.`);
  }
}

/** @throws ServiceError DryRunOperationException, where the call only asks whether it would be allowed */
export function endDryRun({ input }: Call): void {
  if (flagOf(input, "DryRun") !== true) return;
  throw new ServiceError(
    "DryRunOperationException",
    "The request would have succeeded, but the DryRun option is set.",
    412,
  );
}
