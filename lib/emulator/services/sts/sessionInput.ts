import { parsePolicy } from "../../../policy/parsePolicy.js";
import type { Call } from "../../Call.js";
import { documentOf } from "../../identityPolicies.js";
import { numberOf, objectsOf, tagsOf, textOf } from "../../input.js";
import { managedPolicy } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import type { Session } from "../../Session.js";
import type { WorldDocument } from "../../World.js";

/** The session policies, tags and length that a call asks for. */
export interface SessionInput {
  /** Null: none were given. */
  policies: WorldDocument[] | null;
  tags: Record<string, string>;
  seconds: number;
}

/** @throws ServiceError MalformedPolicyDocument or ValidationError */
export function sessionInput({ state, input }: Call, length: { byDefault: number; most: number }): SessionInput {
  const inline = textOf(input, "Policy");
  if (inline !== undefined && parsePolicy(inline).damage.length > 0) {
    throw new ServiceError("MalformedPolicyDocument", "Syntax errors in policy.");
  }
  const arns = (objectsOf(input, "PolicyArns") ?? []).flatMap((one) => textOf(one, "arn") ?? []);
  const unknown = arns.find((arn) => managedPolicy(state.world, arn) === null);
  if (unknown !== undefined) {
    throw new ServiceError("NoSuchEntity", `Policy ${unknown} does not exist or is not attachable.`, 404);
  }
  const policies = [...(inline === undefined ? [] : [inline]), ...arns.map((arn) => documentOf(state.world, arn))];
  const seconds = numberOf(input, "DurationSeconds") ?? length.byDefault;
  if (seconds < 900 || seconds > length.most) {
    throw new ServiceError(
      "ValidationError",
      seconds < 900
        ? `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`
        : "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  return { policies: policies.length === 0 ? null : policies, tags: tagsOf(input), seconds };
}

/** As STS answers credentials. */
export function shownCredentials({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: Session) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expiresAt ?? 0),
  };
}
