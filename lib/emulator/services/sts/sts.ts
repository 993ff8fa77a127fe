import type { Operation } from "../../Call.js";
import { requiredText, textOf } from "../../input.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { signIn } from "../../signIn.js";
import { tagContext } from "../../tagContext.js";
import { assumeRole } from "./assumeRole.js";
import { assumeRoleWithWebIdentity } from "./assumeRoleWithWebIdentity.js";
import { packedSize } from "./packedSize.js";
import { sessionInput, shownCredentials } from "./sessionInput.js";

const longest = 36 * 60 * 60;

/** No permission is needed. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const GetCallerIdentity: Operation = ({ session }) => ({
  Arn: session.arn,
  UserId: session.userId,
  Account: session.accountId,
});

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
const GetFederationToken: Operation = (call) => {
  const { state, session } = call;
  const name = requiredText(call.input, "Name");
  const arn = `arn:${state.world.partition}:sts::${session.accountId}:federated-user/${name}`;
  if (!/^[\w+=,.@-]{2,32}$/.test(name)) {
    throw new ServiceError(
      "ValidationError",
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  if (session.sessionToken !== null) {
    throw new ServiceError("AccessDenied", "Cannot call GetFederationToken with session credentials", 403);
  }
  const { inline, arns, tags, seconds } = sessionInput(call, { byDefault: 12 * 60 * 60, most: longest });
  const packed = packedSize({ inline, arns, tags });
  requireAllowed(call, { action: "sts:GetFederationToken", resource: arn, context: tagContext(tags) });
  const made = signIn(state.world, arn, {
    issuerArn: session.arn,
    sessionTags: tags,
    // Without a session policy the session may do nothing but what resource policies grant it.
    sessionPolicies: inline === undefined ? [{ Version: "2012-10-17", Statement: [] }] : [inline],
    expiration: new Date(Date.now() + seconds * 1000).toISOString(),
  });
  state.sessions.set(made.accessKeyId, { ...made, managedSessionPolicies: arns });
  return {
    Credentials: shownCredentials(made),
    FederatedUser: { FederatedUserId: made.userId, Arn: made.arn },
    PackedPolicySize: packed ?? 0,
  };
};

/**
 * aws:MultiFactorAuthPresent is there in all temporary credentials, and true where a device's code was given.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
const GetSessionToken: Operation = (call) => {
  const { state, session, input } = call;
  if (session.sessionToken !== null) {
    throw new ServiceError("AccessDenied", "Cannot call GetSessionToken with session credentials", 403);
  }
  const { seconds } = sessionInput(call, { byDefault: 12 * 60 * 60, most: longest });
  // Whether the code is right is nothing that an emulator could know.
  const isMultiFactor = textOf(input, "SerialNumber") !== undefined && textOf(input, "TokenCode") !== undefined;
  const temporary = signIn(state.world, session.arn, {
    temporary: true,
    context: {
      ...session.context,
      "aws:MultiFactorAuthPresent": String(isMultiFactor),
      ...(isMultiFactor && { "aws:MultiFactorAuthAge": "0" }),
    },
    expiration: new Date(Date.now() + seconds * 1000).toISOString(),
  });
  state.sessions.set(temporary.accessKeyId, temporary);
  return { Credentials: shownCredentials(temporary) };
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html */
export const sts: Readonly<Record<string, Operation>> = {
  GetCallerIdentity,
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  GetFederationToken,
  GetSessionToken,
};
