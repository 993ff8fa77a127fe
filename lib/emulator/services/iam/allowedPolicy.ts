import { arnOf } from "../../arnOf.js";
import type { Call } from "../../Call.js";
import { requiredText, textOf } from "../../input.js";
import { managedPolicy } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldManagedPolicy } from "../../World.js";
import { isPolicyArn } from "./isPolicyArn.js";

/**
 * The managed policy that a call names, after asking whether the caller may do this with it.
 *
 * @throws ServiceError ValidationError, AccessDenied, NoSuchEntity
 */
export function allowedPolicy(call: Call): WorldManagedPolicy {
  const arn = requiredText(call.input, "PolicyArn");
  if (!isPolicyArn(arn)) throw new ServiceError("ValidationError", `ARN ${arn} is not valid.`);
  requireAllowed(call, {
    action: `iam:${call.operation}`,
    resource: arn,
    shownResource: `policy ${arn}`,
    context: requestTagContext(call),
  });
  const policy = managedPolicy(call.state.world, arn);
  const owner = arnOf(arn).accountId;
  if (policy !== null && (owner === "aws" || owner === call.session.accountId)) return policy;
  const version = textOf(call.input, "VersionId");
  throw version === undefined
    ? new ServiceError("NoSuchEntity", `Policy ${arn} was not found.`, 404)
    : missingVersion(arn, version);
}

export function missingVersion(arn: string, id: string): ServiceError {
  return new ServiceError("NoSuchEntity", `Policy ${arn} version ${id} does not exist or is not attachable.`, 404);
}

/** One that is the account's own, so that it can be changed. */
export function ownPolicy(call: Call): WorldManagedPolicy {
  const policy = allowedPolicy(call);
  if (arnOf(policy.arn).accountId === call.session.accountId) return policy;
  throw new ServiceError("AccessDenied", `Cannot perform the operation on the AWS managed policy ${policy.arn}.`, 403);
}
